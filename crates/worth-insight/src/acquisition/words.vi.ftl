## Khách nào quay lại và hoàn lại chi phí để có họ: trang trình bày của `acquisition`.

acquisition-about = Kênh nào, lứa nào, lần mua đầu nào mang lại những khách quay lại và hoàn được chi phí để có họ?
acquisition-asks = Khách mới nào quay lại, và có hoàn lại chi phí để có họ không?
acquisition-title = Khách hàng tốt đến từ đâu

acquisition-headline-back = Cứ 100 khách hàng mới thì { $n } người quay lại trong vòng { $days } ngày: { $interval }.
acquisition-headline-back-unknown = Chưa thể nói bao nhiêu khách hàng mới quay lại: chưa ai được quan sát đủ { $days } ngày.
acquisition-headline-more = Những nhóm này quay lại nhiều hơn phần còn lại: { $groups }.
acquisition-headline-less = Những nhóm này quay lại ít hơn phần còn lại: { $groups }.
acquisition-headline-alike = Trong { $groups } nhóm, chưa thấy nhóm nào quay lại nhiều hay ít hơn phần còn lại.
acquisition-headline-costs-more = Những nhóm này không mang lại đủ chi phí đã bỏ ra, kể cả { $horizon } ngày tới (giá trị : chi phí): { $groups }.
acquisition-headline-pays-back = Những nhóm này hoàn lại chi phí: { $groups }.
acquisition-headline-cannot-tell = Chưa thể nói những nhóm này có hoàn lại chi phí hay không: { $groups }.
acquisition-headline-no-spending = Chưa biết đã tốn bao nhiêu để có họ.
acquisition-more = { $n } nhóm khác

acquisition-customers = Khách hàng mới
acquisition-customers-reading = Mua lần đầu từ ngày { $from }.
acquisition-returned = Quay lại trong { $days } ngày
acquisition-returned-reading = Mua lại vào ngày khác; trong { $observed } khách hàng được quan sát đủ lâu.
acquisition-value = Giá trị vòng đời mỗi khách
acquisition-value-reading = Lãi gộp đến nay và kỳ vọng trong { $horizon } ngày tới, chia cho mọi khách hàng mới, kể cả người không quay lại.
acquisition-value-reading-served = Lãi gộp đến nay và kỳ vọng trong { $horizon } ngày tới, chia cho mọi khách hàng mới, kể cả người không quay lại; đã trừ chi phí phục vụ và giữ chân, { $serving } doanh thu.
acquisition-value-reading-so-far = Chỉ gồm lãi gộp đến nay: dữ liệu này chưa cho biết tương lai.
acquisition-cost-paid = Chi phí thu hút một khách mới, các kênh có chi
acquisition-cost-all = Chi phí thu hút một khách mới, mọi kênh
acquisition-cost-reading = { $spent } đã chi để có khách mới, chia cho { $customers } khách hàng mới trong những ngày đó.
acquisition-ratio-paid = Giá trị : chi phí, các kênh có chi
acquisition-ratio-all = Giá trị : chi phí, mọi kênh
acquisition-ratio-reading = Một khách hàng mang lại { $value }. Trên 1 là nhiều hơn chi phí để có khách.
acquisition-payback-paid = Hoàn vốn, các kênh có chi
acquisition-payback-all = Hoàn vốn, mọi kênh
acquisition-payback-reading = Tính từ lần mua đầu đến khi một khách hàng bình quân đã mang lại bằng chi phí để có khách đó.
acquisition-paid-at-once = ngay lần mua đầu
acquisition-paid-after = sau { $days } ngày
acquisition-paid-forecast = sau { $days } ngày, theo kỳ vọng
acquisition-paid-not-within = không trong { $within } ngày
acquisition-paid-too-few = quá ít để nói
acquisition-paid-between = từ { $low } đến { $high } ngày (khoảng tin cậy { $level })
acquisition-paid-at-least = từ { $low } ngày trở lên (khoảng tin cậy { $level }); chưa thấy đầu trên
acquisition-paid-never = ngay cả đầu dưới cũng chưa đạt đến

acquisition-all = mọi khách hàng mới
acquisition-other = các nhóm khác
acquisition-unknown = không rõ
acquisition-small = { $name } (nhóm nhỏ)
acquisition-by-acquisition-channel = Kênh đưa khách đến
acquisition-by-cohort = Lứa
acquisition-by-channel = Kênh bán của lần mua đầu
acquisition-by-category = Nhóm hàng của lần mua đầu
acquisition-by-product = Sản phẩm của lần mua đầu
acquisition-by-store = Cửa hàng của lần mua đầu

acquisition-section-cost = Khách hàng tốn bao nhiêu và mang lại bao nhiêu: { $by }
acquisition-cost-table = Giá trị so với chi phí, trên mỗi khách hàng
acquisition-cost-table-reading = Giá trị: lãi gộp đến nay và kỳ vọng trong { $horizon } ngày tới, đã trừ chi phí phục vụ. Chi phí: số tiền đã chi chia cho số khách đã đến. Nơi không chi gì thì không có chi phí để so. Hoàn vốn: thời gian từ lần mua đầu đến khi một khách hàng bình quân đã mang lại bằng chi phí để có khách đó. Ai đến sớm hơn thì đã có nhiều thời gian hơn để mang lại.
acquisition-spent = Đã chi
acquisition-no-spending = không chi
acquisition-cost-each = Chi phí một khách
acquisition-ratio-column = Giá trị : chi phí
acquisition-payback-column = Hoàn vốn
acquisition-section-back = Ai quay lại: { $by }
acquisition-back-table = Ai quay lại
acquisition-back-table-reading = Tỷ lệ mua lại trong { $days } ngày, trong số khách hàng được quan sát đủ lâu. Ai đến sớm hơn thì đã có nhiều thời gian hơn cho lãi gộp đến nay.
acquisition-back-table-compared = So với phần còn lại: hơn hay kém bao nhiêu điểm phần trăm so với mọi khách hàng khác đã rõ nhóm, ở nơi đủ khách để so. *: được coi là khác biệt; trong những khác biệt được đánh dấu, trung bình nhiều nhất 5 trên 100 là không có thật (so sánh { $groups } nhóm, Benjamini-Hochberg).
acquisition-against = So với phần còn lại
acquisition-so-far = Lãi gộp đến nay
acquisition-expected = Kỳ vọng, { $horizon } ngày

acquisition-chart = Bao lâu thì khách hàng hoàn lại chi phí
acquisition-chart-reading = Số tiền một khách hàng bình quân đã mang lại sau từng ấy ngày, tính bằng số lần chi phí để có khách. Đường cắt mức 1 là lúc hoàn vốn. Đường dừng ở nơi có dưới 30 khách hàng được quan sát đủ lâu.
acquisition-chart-x = Số ngày từ lần mua đầu
acquisition-chart-y = Đã mang lại, theo số lần chi phí
acquisition-chart-mark = hoàn vốn
acquisition-chart-shares-reading = Tỷ lệ mua lại trong số khách hàng được quan sát đủ lâu, kèm khoảng tin cậy.

acquisition-less-act = Chi ít hơn cho { $channel }, hoặc tìm khách khác ở đó
acquisition-less-whom = { $customers } khách hàng đến từ đó với { $spent } đã chi
acquisition-less-evidence = Để có một khách tốn { $cost }; một khách mang lại { $value }, tính cả { $horizon } ngày tới. Giá trị : chi phí { $ratio }.
acquisition-less-money = { $money } sẽ không thu lại được nếu tiếp tục chi như vậy thêm { $days } ngày
acquisition-less-rule = Ít nhất { $least } khách hàng, và toàn bộ khoảng tin cậy của giá trị : chi phí nằm dưới 1.
acquisition-more-act = Thử chi thêm cho { $channel }, mỗi lần một ít, và theo dõi chi phí của những khách tiếp theo
acquisition-more-whom = { $customers } khách hàng đến từ đó với { $spent } đã chi
acquisition-more-evidence = Để có một khách tốn { $cost }; một khách mang lại { $value }, tính cả { $horizon } ngày tới. Giá trị : chi phí { $ratio }.
acquisition-more-money = chưa biết: chi càng nhiều thì sớm muộn khách mới càng đắt, còn từ lúc nào thì dữ liệu này không cho thấy
acquisition-more-rule = Ít nhất { $least } khách hàng, và toàn bộ khoảng tin cậy của giá trị : chi phí nằm trên { $many } (quy tắc kinh nghiệm).

acquisition-note-association = Nhóm có nhiều khách quay lại hơn không phải là nguyên nhân: đó là những người khác đến bằng đường ấy, hoặc mua món ấy trước. Thêm khách như vậy có quay lại nhiều hơn không thì phải thử mới biết.
acquisition-note-model = Phần kỳ vọng tính theo mô hình { $model }. Mô hình đó có khớp không, vì sao được chọn: xem `worth lifetime`.
acquisition-note-cost = Chi phí là số tiền đã chi từ { $from } đến { $until }, chia cho số khách hàng mới trong những ngày đó; kỳ chi bị cắt thì tính theo số ngày. Đó là mức bình quân: khách tiếp theo có thể đắt hơn. Ai đến muộn hơn nhờ khoản chi trước thì được tính vào lúc đến.
acquisition-note-outside = { $customers } khách hàng mới vào những ngày không rõ đã chi bao nhiêu: họ không nằm trong phần chi phí.
acquisition-note-nobody = Đã chi cho { $channels } nhưng không biết ai đến từ đó. Có thể tên kênh được viết khác trong `customers.acquisition_channel`.
acquisition-note-forecast = Thời gian hoàn vốn "theo kỳ vọng" nằm ngoài khoảng đã quan sát: từ đó trở đi mức bình quân được kéo dài theo số lần mua lại mà mô hình kỳ vọng ở một khách mới. Khoảng tin cậy không gồm khả năng mô hình sai.
acquisition-note-channels = Kênh của { $own } khách hàng là kênh đã ghi cho họ (`acquisition_channel`); với { $orders } khách là kênh của đơn hàng đầu tiên; { $unknown } khách thì không rõ cả hai.
acquisition-note-before = { $customers } khách hàng đã mua trước khoảng thời gian được hỏi nên không phải khách mới trong đó.
acquisition-note-filtered = Chi phí chỉ biết theo kênh và thời gian, nên một phần khách hàng hay doanh số không có chi phí.
acquisition-note-not-by-this = Chi phí được biết theo kênh và thời gian: hãy hỏi với --by acquisition_channel hoặc --by cohort để có chi phí.
acquisition-want-spending = Ghi lại mỗi kênh tốn bao nhiêu
acquisition-want-spending-why = Không có nó thì chưa thể nói kênh nào hoàn lại chi phí, và sau bao lâu.
acquisition-want-spending-how = Mỗi kênh mỗi tháng một dòng (kênh, từ ngày, đến ngày, loại "acquisition", số tiền, loại tiền) vào bảng spending.

left-out-spending-turned = { $rows } dòng chi tiêu kết thúc trước khi bắt đầu
left-out-spending-of-no-kind = { $rows } dòng chi tiêu không thuộc loại thu hút khách mới, phục vụ hay giữ chân
left-out-spending-without-rate = { $rows } dòng chi tiêu bằng loại tiền khác không có tỷ giá của ngày đầu
