## Dự báo có đúng không: trang của `backtest`.

backtest-title = Nếu dự báo từ trước thì có đúng không?
backtest-about = Nếu dự báo từ trước thì có đúng không, và mô hình nào sát nhất?
backtest-asks = Có tin được dự báo không?
backtest-model-wins = Qua { $tests } lần thử, mỗi lần { $days } ngày, { $model } dự báo { $forecast } lượt mua, thực tế có { $actual }; với từng khách, mô hình chắc chắn sát hơn quy tắc tốt nhất không cần mô hình, “{ $naive }”.
backtest-naive-wins = Một quy tắc không cần mô hình, “{ $naive }”, chắc chắn sát với từng khách hơn { $model }: mô hình dự báo { $forecast } lượt mua, thực tế có { $actual } ({ $tests } lần thử, mỗi lần { $days } ngày). Hãy dùng quy tắc đó cho từng khách, và tìm xem mô hình bỏ sót điều gì.
backtest-too-close = { $model } dự báo { $forecast } lượt mua, thực tế có { $actual } ({ $tests } lần thử, mỗi lần { $days } ngày); dữ liệu này chưa cho biết mô hình có sát với từng khách hơn quy tắc tốt nhất không cần mô hình, “{ $naive }”, hay không.
backtest-too-short = Mới quan sát được { $observed } ngày; cần { $needed } ngày để giữ lại một phần mà thử.
backtest-too-few = Tính đến lúc đó, quá ít khách quay lại để ước lượng mô hình.

backtest-method = Cách dự báo
backtest-method-nbd = NBD (không ai rời đi)
backtest-method-own-mean = nhịp mua trung bình của chính khách
backtest-method-last-period = mua như kỳ trước

backtest-bias = Tổng dự báo lệch bao nhiêu ({ $model })
backtest-bias-reading = Số lượt mua dự báo trừ số thực tế, tính theo tỷ lệ của thực tế: trên 0 là dự báo quá cao.
backtest-top = Nhóm một phần mười tốt nhất mua bao nhiêu ({ $model })
backtest-top-reading = Tỷ lệ lượt mua thuộc về một phần mười khách mà mô hình kỳ vọng nhiều nhất. Nếu không biết gì về từng khách thì con số này là 10%.
backtest-coverage = Khoảng tin cậy đúng bao nhiêu lần ({ $model })
backtest-coverage-reading = Khoảng { $level } cho từng khách: đúng ra phải là { $level }. Thấp hơn nghĩa là mô hình tự tin quá mức.

backtest-methods = Các cách dự báo, sát nhất trước
backtest-methods-reading = Xếp theo căn của sai số bình phương trung bình mỗi khách, thước đo nhỏ nhất khi dự báo đúng trung bình thật. Thực tế có { $actual } lượt mua. Khi phần lớn khách không mua gì, sai số tuyệt đối trung bình nhỏ nhất với dự báo bằng không: đừng chọn theo nó.
backtest-column-forecast = Dự báo
backtest-column-bias = Lệch
backtest-column-rmse = RMSE
backtest-column-mae = MAE
backtest-column-wmape = MAPE có trọng số
backtest-column-top = Nhóm 1/10 tốt nhất mua
backtest-column-log-score = Điểm log
backtest-column-coverage = Khoảng đúng

backtest-tests = Từng lần thử
backtest-tests-reading = Số lượt mua trong { $days } ngày sau mỗi ngày mốc, và dự báo của từng cách chỉ từ những gì đã biết đến ngày đó. Không tính khách mới.
backtest-day = Biết đến ngày
backtest-customers = Khách hàng
backtest-happened = thực tế
backtest-expected = kỳ vọng

backtest-frequency = Lượt mua sau ngày mốc, theo số lần mua lại trước đó
backtest-frequency-reading = Hai cột nên cao bằng nhau. Chỗ nào lệch là mô hình bỏ sót điều gì đó ở nhóm khách ấy.
backtest-frequency-x = Số lần mua lại trước đó
backtest-frequency-y = Lượt mua trung bình sau đó

backtest-tenths = Khách chia mười nhóm, nhóm được kỳ vọng nhiều nhất trước
backtest-tenths-reading = Số lượt mua trung bình mỗi khách qua mọi lần thử. Độ nâng: một nhóm mua gấp bao nhiêu lần trung bình mọi khách. Mô hình phân biệt được khách ({ $model }) có độ nâng cao ở nhóm đầu và giảm dần.
backtest-column-tenth = Nhóm
backtest-column-tenth-expected = Kỳ vọng
backtest-column-tenth-happened = Thực tế
backtest-column-tenth-lift = Độ nâng

backtest-section-last = Lần thử cuối của { $model }
backtest-section-last-about = Ước lượng từ những gì đã biết đến ngày { $day }; giữ lại { $days } ngày sau đó. Số lượt mua của { $within } số khách nằm trong khoảng { $level } mà mô hình cho từng người; vì số lượt mua là số nguyên, tỷ lệ này phải từ { $level } trở lên.
backtest-weeks = Số tuần từ lần mua đầu tiên
backtest-repeats = Lượt mua lại
backtest-known-until = biết đến tuần
backtest-cumulative = Lượt mua lại cộng dồn
backtest-cumulative-reading = Của mọi khách đã biết đến ngày mốc. Bên trái vạch đứt mô hình đã thấy; bên phải là phải dự báo.
backtest-incremental = Lượt mua lại từng bước
backtest-incremental-reading = Mỗi bước của đường trên thêm bao nhiêu. Mô hình thì trơn: chỗ thực tế lên xuống là mùa vụ, chiến dịch hoặc ngẫu nhiên.
backtest-before = Khách theo số lần mua lại đến { $day }
backtest-before-reading = Dữ liệu dùng để ước lượng: mô hình phải giống thế này.
backtest-before-x = Số lần mua lại
backtest-after = Khách theo số lượt mua trong { $days } ngày sau
backtest-after-reading = Điều mô hình chưa thấy.
backtest-after-x = Số lượt mua
backtest-alive = P(còn mua) theo tần suất và lần mua gần nhất
backtest-alive-reading = Xác suất một khách đến lần đầu { $weeks } tuần trước ngày mốc vẫn còn mua: mua càng thường thì im lặng càng sớm nghĩa là đã rời đi.
backtest-alive-y = Số tuần từ lần mua đầu đến lần mua cuối

backtest-note-left-out = Bỏ qua { $tests } lần thử: tính đến ngày mốc, số ngày đã biết ít hơn số ngày phải dự báo.
backtest-note-simplest = Nên dùng { $model }, mô hình đơn giản nhất: không mô hình nào chắc chắn sát hơn.
backtest-note-closer = Nên dùng { $model }: mô hình này chắc chắn sát hơn BG/NBD. worth lifetime cũng dùng mô hình này.
backtest-note-again = Một khách có mặt trong nhiều lần thử được tính mỗi lần, nên khi có hơn một lần thử, các khoảng hơi hẹp.
backtest-note-calendar = { $tests } lần thử đo thời gian theo lịch (mục [calendar] trong worth.toml), mỗi lần chỉ theo những gì đã biết vào ngày đó; các mô hình và NBD khi ấy có tính đến mùa vụ, còn “kỳ trước” thì không.
backtest-note-season = Không cách nào ở đây biết đến mùa vụ hay khuyến mãi: lần thử rơi vào Tết nói ít điều về lần không có Tết.
