# Giá trị cảm nhận: khách hàng nhận được gì và bỏ ra gì.
perceived-title = Giá trị cảm nhận
perceived-about = Khách hàng nhận được gì so với những gì họ bỏ ra, ở thương hiệu của bạn và ở các đối thủ

# Trang đầu.
perceived-asks = Chúng ta có đáng với những gì khách hàng bỏ ra không, và so với ai?
perceived-says-no-survey = Chưa biết được: chưa ai được hỏi họ nhận được gì và phải bỏ ra những gì.
perceived-says-own-good = Khách hàng của { $brand } thấy mình nhận được nhiều hơn bỏ ra: lợi ích cảm nhận { $benefits }, chi phí bỏ ra { $costs } trên thang 10 ({ $respondents } người trả lời). Chưa ai được hỏi nơi khác có hơn hay không.
perceived-says-own-bad = Khách hàng của { $brand } thấy mình bỏ ra nhiều hơn nhận được: lợi ích cảm nhận { $benefits }, chi phí bỏ ra { $costs } trên thang 10 ({ $respondents } người trả lời). Chưa ai được hỏi nơi khác có tốt hơn hay không.
perceived-says-own-even = Khách hàng của { $brand } thấy mình nhận được gần bằng những gì bỏ ra: lợi ích cảm nhận { $benefits }, chi phí bỏ ra { $costs } trên thang 10 ({ $respondents } người trả lời). Chưa ai được hỏi nơi khác có hơn hay không.
perceived-says-own-partly = Khách hàng của { $brand } mới được hỏi về lợi ích hoặc về chi phí, chưa được hỏi cả hai ({ $respondents } người trả lời): chưa biết họ nhận được gì so với những gì bỏ ra.
perceived-says-own-few = Quá ít người được hỏi nên chưa kết luận được: { $respondents } người trả lời cho { $brand } lợi ích { $benefits } và chi phí { $costs } trên thang 10.
perceived-says-others-only = Chưa biết được: khảo sát hỏi về { $competitors }, không hỏi về { $brand }.
perceived-says-better = Có. Với những gì bỏ ra, khách hàng nhận được ở { $brand } nhiều hơn ở { $competitors }: tỷ số { $own } so với { $theirs }.
perceived-says-worse = Kém hơn nơi khác. Với những gì bỏ ra, khách hàng nhận được ở { $brand } ít hơn ở { $competitors }: tỷ số { $own } so với { $theirs }.
perceived-says-even = Chưa thấy khác biệt rõ ràng giữa { $brand } và { $competitors }: tỷ số { $own } so với { $theirs }; khoảng tin cậy của tỷ số và của chênh lệch chưa cùng loại trừ khả năng ngang nhau.
perceived-says-few = Quá ít người được hỏi để so sánh { $brand } với { $competitors }: tỷ số { $own } so với { $theirs } từ { $respondents } người trả lời.
perceived-says-depends = Còn tùy cách tính: giữa tỷ số và chênh lệch, { $brand } hơn { $competitors } theo cách này nhưng kém theo cách kia.
perceived-says-incomparable = Chưa so sánh được { $brand } với { $competitors }: cần cả lợi ích lẫn chi phí của hai bên.
perceived-says-weakest = Thua đối thủ nhiều nhất về { $dimension }.

# Các con số chính.
perceived-ratio = Tỷ số lợi ích / chi phí
perceived-ratio-reading = Trên 1: khách hàng thấy mình nhận được nhiều hơn bỏ ra.
perceived-difference = Giá trị khách hàng nhận được (lợi ích − chi phí)
perceived-difference-reading = Khách hàng được lợi từng này điểm trên thang 1 đến 10; dưới 0 là chịu thiệt.
perceived-benefits = Lợi ích cảm nhận
perceived-benefits-reading = Trên thang 10; mỗi khía cạnh được tính theo mức độ quan trọng.
perceived-costs = Chi phí bỏ ra
perceived-costs-reading = Trên thang 10, 10 là tốn kém nhất; mỗi khía cạnh được tính theo mức độ quan trọng.
perceived-against-ratio = Tỷ số so với đối thủ
perceived-against-ratio-reading = Tỷ số của bạn chia cho tỷ số của đối thủ trung bình: trên 1 là với những gì bỏ ra, khách hàng nhận được nhiều hơn ở bạn.
perceived-against-difference = Chênh lệch so với đối thủ
perceived-against-difference-reading = Giá trị khách hàng nhận được ở bạn trừ đi ở đối thủ trung bình: trên 0 là khách hàng được lợi hơn khi chọn bạn.
perceived-needed = Lợi ích cần có để xứng với chi phí hiện nay
perceived-needed-competitors-reading = Với lợi ích ở mức này trên thang 10, tỷ số sẽ bằng đối thủ trung bình; hiện nay là { $benefits }.
perceived-needed-even-reading = Với lợi ích ở mức này trên thang 10, khách hàng nhận được vừa bằng bỏ ra; hiện nay là { $benefits }.

# Thương hiệu.
perceived-brands = Các thương hiệu
perceived-brands-about = Với những gì khách hàng bỏ ra, thương hiệu nào mang lại nhiều nhất?
perceived-brands-chart = Tỷ số lợi ích / chi phí theo thương hiệu
perceived-brands-chart-reading = Càng dài càng tốt. Vạch ngang là khoảng tin cậy: khi hai khoảng chồng lên nhau nhiều, chưa thể nói bên nào hơn.
perceived-brands-even = lợi ích bằng chi phí
perceived-brands-table = So sánh các thương hiệu
perceived-brands-table-reading = Lợi ích và chi phí trên thang 10, kèm khoảng tin cậy; tỷ số và chênh lệch tính từ hai số này.
perceived-brand = Thương hiệu
perceived-own = { $brand } (của bạn)
perceived-average = Đối thủ trung bình
perceived-respondents = Số người trả lời
perceived-column-benefits = Lợi ích
perceived-column-costs = Chi phí
perceived-column-ratio = Tỷ số
perceived-column-difference = Chênh lệch

# Khía cạnh.
perceived-dimensions = Giá trị đến từ đâu
perceived-dimensions-about = Lợi ích và chi phí nào tạo nên giá trị, và đối thủ làm tốt hơn ở đâu?
perceived-benefits-chart = Lợi ích: thương hiệu của bạn và đối thủ
perceived-benefits-chart-reading = Càng dài càng tốt: 10 là lợi ích cao nhất.
perceived-costs-chart = Chi phí: thương hiệu của bạn và đối thủ
perceived-costs-chart-reading = Càng ngắn càng tốt: 10 là tốn kém nhất.
perceived-score = Điểm trung bình, 1 đến 10
perceived-dimensions-table = Các khía cạnh của giá trị
perceived-dimensions-table-reading = Cột cuối cộng lại thành chênh lệch so với đối thủ: dưới 0 là khía cạnh làm giảm giá trị.
perceived-dimensions-table-own-reading = Lợi ích trước, chi phí sau; mức độ quan trọng cộng lại thành 100% trong mỗi loại.
perceived-dimension = Khía cạnh
perceived-kind = Loại
perceived-kind-benefit = lợi ích
perceived-kind-cost = chi phí
perceived-weight = Mức độ quan trọng
perceived-column-own = Của bạn
perceived-column-competitors = Đối thủ
perceived-column-gap = Khoảng cách
perceived-column-contribution = Góp vào chênh lệch

# Từng nhóm.
perceived-parts = Với ai, ở đâu, khi nào
perceived-parts-about = Thương hiệu của bạn trong mắt từng nhóm, tính theo mức độ quan trọng của toàn khảo sát. Nhóm ghi “ít người” có dưới { $small } người trả lời và có thể sai lệch nhiều: cột “gộp một phần” kéo các nhóm ấy về mức chung, càng ít người càng kéo nhiều.
perceived-parts-table = Thương hiệu của bạn: { $what }
perceived-parts-between = Ngoài phần ngẫu nhiên, các nhóm khác nhau khoảng { $points } (độ lệch chuẩn của chênh lệch).
perceived-parts-alike = Các nhóm không khác nhau quá mức ngẫu nhiên.
perceived-parts-not-pooled = Quá ít nhóm để biết các nhóm khác nhau đến đâu: không gộp.
perceived-parts-not-shown = Còn { $count } nhóm nhỏ hơn hoặc cũ hơn không được trình bày.
perceived-parts-unknown = Có { $count } người trả lời không rõ thuộc nhóm nào.
perceived-column-pooled = Chênh lệch, gộp một phần
perceived-part-small = { $name } (ít người)
perceived-column-against = Chênh lệch so với đối thủ

# Tổng thể.
perceived-also = Câu hỏi về tổng thể
perceived-also-reading = Các câu hỏi về thương hiệu nói chung, không tính vào lợi ích và chi phí: điểm trung bình trên thang 10, tỷ lệ chọn một trong hai câu trả lời tốt nhất, và điểm trung bình so với các thương hiệu khác (1 = ngang nhau).
perceived-also-measure = Câu hỏi
perceived-also-two-best = Hai câu trả lời tốt nhất
perceived-also-against = So với các thương hiệu khác
perceived-measure-overall = đánh giá chung
perceived-measure-worth = đáng với những gì bỏ ra
perceived-measure-satisfaction = mức độ hài lòng

# Ghi chú.
perceived-note-scale = Mọi câu trả lời được quy về thang 1 đến 10. Tỷ số phụ thuộc vào điểm bắt đầu của thang, chênh lệch thì không, nên cả hai đều được trình bày.
perceived-note-weights-equal = Chưa ai được hỏi các khía cạnh quan trọng đến đâu, nên mọi khía cạnh cùng loại được tính như nhau.
perceived-note-weights-benefits-equal = Chưa ai được hỏi các lợi ích quan trọng đến đâu, nên mọi lợi ích được tính như nhau.
perceived-note-weights-costs-equal = Chưa ai được hỏi các chi phí quan trọng đến đâu, nên mọi chi phí được tính như nhau.
perceived-note-weights-some = Có khía cạnh chưa được hỏi mức độ quan trọng: chúng được tính bằng mức trung bình của các khía cạnh cùng loại.
perceived-note-disagree = Tỷ số và chênh lệch xếp hạng thương hiệu khác nhau: theo tỷ số { $ratio }; theo chênh lệch { $difference }. Tỷ số nghiêng về nơi tốn ít, chênh lệch nghiêng về nơi cho nhiều.
perceived-note-zero = Thứ hạng theo tỷ số phụ thuộc vào điểm bắt đầu của thang: nếu mọi điểm thấp hơn một điểm thì là { $up }, nếu cao hơn một điểm thì là { $down }. Hãy dựa vào chênh lệch.
perceived-note-zero-survives = Thứ hạng theo tỷ số không đổi khi thang bắt đầu cao hơn hay thấp hơn một điểm.
perceived-note-order-uncertain = Nếu hỏi những người khác, thứ hạng có thể khác: lấy mẫu lại nhiều lần, thứ hạng giữ nguyên trong { $ratio } số lần theo tỷ số, { $difference } theo chênh lệch.
perceived-note-weakest = Khía cạnh yếu nhất so với đối thủ là { $dimension }: { $advantage }; lấy mẫu lại nhiều lần thì nó yếu nhất trong { $certainty } số lần.
perceived-note-smallest-compared = Với số người trả lời này, chênh lệch { $points } giữa thương hiệu của bạn và đối thủ sẽ được nhận ra 80 lần trong 100; nhỏ hơn thì có thể không thấy.
perceived-note-smallest-own = Một khảo sát thứ hai cùng quy mô, sau này hoặc về một đối thủ, sẽ nhận ra chênh lệch { $points } 80 lần trong 100; nhỏ hơn thì có thể không thấy.
perceived-note-small = Chỉ có { $respondents } người trả lời: hãy đọc mỗi con số cùng khoảng tin cậy của nó.
perceived-note-all-equal = Mọi người cho mọi lợi ích và mọi chi phí cùng một điểm: câu trả lời như vậy không phân biệt được điều gì. Hãy kiểm tra khảo sát hoặc cách nhập.
perceived-note-never-asked = Chưa từng hỏi: { $dimensions }.
perceived-note-not-scored = { $brand } chưa được chấm điểm về { $dimensions }; lợi ích và chi phí của thương hiệu này dựa trên các khía cạnh còn lại.
perceived-note-left-out = { $reasons }.

# Điều còn thiếu.
perceived-wanted-survey = Một khảo sát { $respondents } khách hàng về lợi ích và chi phí
perceived-wanted-survey-why = Không có nó thì không ai biết khách hàng có thấy mình nhận được nhiều hơn bỏ ra hay không, và so với ai.
perceived-wanted-competitors = Cũng những câu hỏi đó, về thương hiệu mà khách hàng sẽ chọn nếu không có bạn
perceived-wanted-competitors-why = Sẽ biết giá trị hơn hay kém nơi khác, và ở khía cạnh nào.
perceived-wanted-costs = Khách hàng phải bỏ ra gì, bên cạnh những gì họ nhận được
perceived-wanted-costs-why = Giá trị là lợi ích so với chi phí: thiếu một bên thì không có tỷ số lẫn chênh lệch.
perceived-wanted-importance = Mỗi khía cạnh quan trọng đến đâu
perceived-wanted-importance-why = Sẽ biết khoảng cách nào đáng kể nhất; hiện nay mọi khía cạnh được tính như nhau.
perceived-wanted-respondents = Thêm người trả lời: khoảng { $respondents }
perceived-wanted-respondents-why = Với quá ít người, chỉ thấy được những khác biệt lớn.
perceived-wanted-how = Các câu hỏi có sẵn trong trang “perceived”, bằng tiếng Anh và tiếng Việt; nhập câu trả lời bằng “worth import TỆP” (bảng survey_answers).

# Lời khuyên.
perceived-act-benefit = Việc nâng lên trước tiên: { $dimension }
perceived-act-cost = Việc giảm xuống trước tiên: { $dimension }
perceived-whom-all = Mọi khách hàng
perceived-whom-role = Trước hết cho vai trò { $name }, nhóm đang thiệt nhất
perceived-whom-stage = Trước hết ở giai đoạn { $name }, nơi khách hàng đang thiệt nhất
perceived-evidence = Điểm của bạn { $own }, đối thủ { $theirs }, khoảng cách { $gap } ({ $respondents } người trả lời); làm chênh lệch so với đối thủ thay đổi { $contribution }.
perceived-money = Chưa biết: điểm chỉ đổi ra tiền khi đã đo mức sẵn lòng chi trả, hoặc có tỷ lệ quy đổi do bạn xác nhận.
perceived-rule = Trong các khía cạnh mà trọn khoảng tin cậy { $level } đều thua đối thủ, được ít nhất { $small } người chấm cho bạn và cho đối thủ: chọn khía cạnh làm giảm chênh lệch nhiều nhất.
