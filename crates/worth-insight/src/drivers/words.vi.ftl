# Các khía cạnh của giá trị liên quan thế nào đến kết quả.
drivers-title = Yếu tố then chốt
drivers-about = Điều gì liên quan nhiều nhất đến việc khách hàng thấy đáng, giới thiệu, hay mua lại
drivers-asks = Điều gì quan trọng nhất với khách hàng?
drivers-outcome-worth = thấy đáng với những gì bỏ ra
drivers-outcome-recommend = sẵn lòng giới thiệu
drivers-outcome-repurchase = sẽ mua lại
drivers-outcome-satisfaction = hài lòng
drivers-outcome-observed-repurchase = đã mua lại trong { $days } ngày
drivers-says = Liên quan nhiều nhất đến việc khách hàng của { $brand } { $outcome }: { $drivers }. Mọi khía cạnh cộng lại giải thích { $r_squared } khác biệt giữa các khách hàng.
drivers-says-driver = { $dimension } { $share }
drivers-says-none = Không khía cạnh nào liên quan đến việc khách hàng của { $brand } { $outcome } nhiều hơn mức ngẫu nhiên; cộng lại chúng giải thích { $r_squared } khác biệt giữa các khách hàng.
drivers-says-no-scores = Chưa thể biết: chưa ai chấm điểm { $brand } mang lại gì và lấy đi gì.
drivers-says-no-outcome = Chưa thể biết: { $brand } đã được chấm điểm, nhưng không rõ có ai { $outcome } hay không.
drivers-says-too-few = Chưa thể biết điều gì liên quan nhiều nhất đến việc khách hàng của { $brand } { $outcome }: { $respondents } người trả lời là quá ít, hoặc họ không khác nhau. Điểm họ chấm ở bên dưới.

drivers-r-squared = Phần mọi khía cạnh giải thích được
drivers-r-squared-reading = Phần khác biệt giữa các khách hàng (R²); phần còn lại là điều chưa hỏi và ngẫu nhiên.
drivers-mean = Điểm trung bình của kết quả, 1 đến 10
drivers-bought = Đã mua lại
drivers-mean-reading = Trên { $respondents } người trả lời.

drivers-chart = Tỷ trọng trong phần mọi khía cạnh giải thích được: khách hàng { $outcome }
drivers-chart-reading = Càng dài càng quan trọng; tỷ trọng cộng lại thành 100%. Vạch ngang là khoảng tin cậy.
drivers-table = Các khía cạnh, quan trọng nhất đứng trước
drivers-table-reading = Tỷ trọng: mức tăng R² trung bình qua mọi thứ tự mà các khía cạnh có thể tham gia (Shapley), tính theo phần của tổng. Tương quan trên 0: điểm càng tốt, kết quả càng tốt. Phương pháp khác mà khác: hạng theo trọng số Johnson, hệ số chuẩn hóa và elastic net.
drivers-column-dimension = Khía cạnh
drivers-column-share = Tỷ trọng
drivers-column-chance = So với ngẫu nhiên
drivers-column-rank = Hạng
drivers-column-correlation = Tương quan
drivers-column-others = Phương pháp khác
drivers-column-mean = Điểm trung bình
drivers-column-respondents = Số người trả lời
drivers-beyond-chance = hơn mức ngẫu nhiên
drivers-may-be-chance = có thể do ngẫu nhiên
drivers-others-agree = đồng ý
drivers-others-differ = khác: { $ranks }

drivers-act = Nên làm ở đâu
drivers-act-about = Điều quan trọng mà làm chưa tốt thì làm trước.
drivers-map = Mức quan trọng và mức làm tốt
drivers-map-reading = Góc trên trái: quan trọng mà làm chưa tốt. Góc trên phải: hãy giữ vững. Góc dưới trái: có thể để sau. Góc dưới phải: có lẽ nhiều hơn mức cần.
drivers-ahead = Số điểm hơn đối thủ
drivers-line-competitors = ngang đối thủ
drivers-line-others = khía cạnh trung bình
drivers-line-importance = khía cạnh trung bình
drivers-act-table = Vị trí của từng khía cạnh
drivers-act-table-reading = “Chưa chắc” khi một khoảng tin cậy cắt qua vạch của nó. Cơ hội: quan trọng mà chưa hài lòng, từ 0 đến 20; trên 10 được coi là chưa được đáp ứng.
drivers-asymmetry = Điểm thấp làm mất gì, điểm cao thêm gì
drivers-asymmetry-reading = Số điểm của kết quả mà điểm thấp (4 trở xuống) làm mất và điểm cao (8 trở lên) thêm vào, so với điểm ở giữa, các khía cạnh khác như nhau.
drivers-column-quadrant = Vị trí
drivers-column-stated = Mức quan trọng theo lời nói
drivers-column-more = So với lời nói
drivers-column-factor = Loại
drivers-column-penalty = Điểm thấp làm mất
drivers-column-reward = Điểm cao thêm vào
drivers-column-opportunity = Cơ hội
drivers-concentrate-here = làm ở đây trước
drivers-keep-up = giữ vững
drivers-low-priority = có thể để sau
drivers-possible-overkill = có lẽ quá mức cần
drivers-not-sure = { $quadrant } (chưa chắc)
drivers-more-than-stated = quan trọng hơn họ nói
drivers-less-than-stated = kém quan trọng hơn họ nói
drivers-as-stated = như họ nói
drivers-factor-basic = cơ bản: phải có
drivers-factor-performance = càng nhiều càng tốt
drivers-factor-excitement = gây thích thú
drivers-factor-unclear = chưa kết luận được

drivers-profile = Điểm đã chấm
drivers-profile-reading = Điểm trung bình trên thang 1 đến 10; chi phí được đảo lại, nên khía cạnh nào cũng càng cao càng tốt.

drivers-note-not-cause = Điều đi cùng kết quả chưa chắc làm thay đổi kết quả: ai thích thương hiệu thì chấm mọi thứ cao hơn. Chỉ thử nghiệm mới cho biết một thay đổi mang lại gì.
drivers-note-turned = Chi phí được đảo lại, nên khía cạnh nào cũng càng cao càng tốt.
drivers-note-agreement = Các phương pháp khác xếp hạng giống đến đâu (1 = giống hệt): { $methods }.
drivers-agreement-johnson = trọng số Johnson { $agrees }
drivers-agreement-standardised = hệ số chuẩn hóa { $agrees }
drivers-agreement-net = elastic net { $agrees }
drivers-note-stated = Điều khách nói là quan trọng và điều đi cùng kết quả xếp hạng giống nhau ở mức { $agrees } (1 = giống hệt). Hai cách đo hai điều khác nhau: lời nói gồm cả những gì họ coi là đương nhiên.
drivers-note-sampled = Vì có nhiều khía cạnh, các thứ tự được lấy mẫu: tỷ trọng có thể lệch { $error } của R² vì vậy.
drivers-note-smallest = Với số người trả lời này, tương quan { $correlation } với kết quả sẽ được nhận ra 80 lần trong 100; nhỏ hơn thì có thể không thấy.
drivers-note-respondents = { $asked } người đã chấm thương hiệu; { $used } người được tính, { $without } người không rõ kết quả, { $incomplete } người không chấm đủ mọi khía cạnh.
drivers-note-pairwise = Đa số không chấm đủ mọi khía cạnh, nên mỗi tương quan lấy từ những người trả lời cả hai câu. Cách này đúng khi ai không được hỏi câu nào là do ngẫu nhiên.
drivers-note-observed = Không tính: { $strangers } người trả lời không rõ có phải khách hàng, và { $early } người chưa hết { $days } ngày sau khi trả lời.
drivers-note-never-asked = Chưa từng hỏi, nên không thể là yếu tố then chốt: { $dimensions }.
drivers-note-too-many = Có hơn 100 khía cạnh được chấm; không tính, vì ít người chấm nhất: { $dimensions }.

drivers-concern-too-few = Số người trả lời, tương đương { $effective } người có trọng số bằng nhau, quá ít cho chừng ấy khía cạnh; cần { $needed } người.
drivers-concern-constant-outcome = Mọi người có cùng kết quả: không thể biết điều gì làm nó thay đổi.
drivers-concern-constant = Mọi người chấm { $dimensions } như nhau: điều ai cũng đồng ý thì không có tỷ trọng, dù mất đi họ sẽ tiếc.
drivers-concern-collinear = { $dimension } suy ra được từ { $others }: chúng chia nhau phần đóng góp.
drivers-concern-never-together = Có hai câu hỏi chưa từng được cùng một người trả lời.
drivers-concern-reconciled = Các tương quan từ những người khác nhau mâu thuẫn và đã được chỉnh về bộ gần nhất không mâu thuẫn: hãy dè dặt hơn.
drivers-concern-nothing-explained = Riêng ngẫu nhiên cũng giải thích được chừng ấy trong { $p_value } số trường hợp.
drivers-concern-one-sided = { $yes } có kết quả này: khi gần như ai cũng giống nhau, tỷ trọng dựa trên vài người.
