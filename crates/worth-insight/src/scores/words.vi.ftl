# Các chỉ số mà doanh nghiệp hay theo dõi.
scores-title = Chỉ số: NPS, CSAT, CES, ACSI
scores-about = Khách hàng chấm doanh nghiệp thế nào: NPS, CSAT, CES và ACSI, kèm khoảng tin cậy, cả theo nhóm
scores-asks = Khách hàng chấm điểm chúng ta thế nào?
scores-says = Khách hàng chấm { $brand }: { $scores }.
scores-says-nps = NPS { $value }
scores-says-csat = hài lòng { $value }
scores-says-ces = thấy dễ dàng { $value }
scores-says-acsi = ACSI { $value }
scores-says-nobody = Chưa thể biết: chưa ai được hỏi trên thang phù hợp là có giới thiệu { $brand } không, hài lòng đến đâu hay mất bao nhiêu công sức.

scores-nps = NPS, chỉ số sẵn lòng giới thiệu
scores-nps-reading = Tỷ lệ trả lời 9 hoặc 10 trừ tỷ lệ trả lời từ 6 trở xuống, từ −100 đến 100.
scores-nps-weakness = Điểm yếu của NPS: những nhóm khách rất khác nhau có cùng một chỉ số, điểm 0 và điểm 6 được tính như nhau, và nó dao động nhiều do ngẫu nhiên.
scores-csat = CSAT, khách hàng hài lòng
scores-csat-reading = Tỷ lệ chọn một trong hai câu trả lời tốt nhất.
scores-csat-weakness = Điểm yếu của CSAT: bỏ qua mức độ hài lòng nhiều hay ít.
scores-ces = CES, thấy dễ dàng
scores-ces-reading = Tỷ lệ đồng ý rằng mọi việc dễ dàng (5 đến 7 trên thang 7).
scores-ces-weakness = Điểm yếu của CES: chỉ nói về những người cần hỗ trợ, không nói về những người còn lại.
scores-acsi = ACSI, chỉ số hài lòng khách hàng
scores-acsi-reading = Mức hài lòng, đáp ứng kỳ vọng và gần với lý tưởng trong một con số từ 0 đến 100; ba câu được tính như nhau.
scores-acsi-weakness = Điểm yếu của ACSI: ở đâu điểm cũng cao; hãy so sánh, đừng vội mừng.

scores-table = Các chỉ số
scores-table-reading = Kèm khoảng tin cậy. Cột cuối: thay đổi nhỏ hơn mức này sẽ không được nhận ra 8 lần trong 10 nếu hỏi lại chừng ấy người.
scores-column-score = Chỉ số
scores-column-brand = Thương hiệu
scores-column-value = Giá trị
scores-column-mean = Điểm trung bình
scores-column-respondents = Số người trả lời
scores-column-period = Thời gian hỏi
scores-column-scale = Thang
scores-column-smallest = Thay đổi nhỏ nhất nhận ra được
scores-period = { $from } đến { $until }
scores-scale = { $least } đến { $most }

scores-chart-reading = Các vạch là khoảng tin cậy: khi hai khoảng chồng lên nhau nhiều, chưa thể nói nhóm nào hơn.
scores-groups-table = { $score }: mỗi nhóm so với những người còn lại
scores-groups-reading = Mỗi nhóm so với tất cả những người không thuộc nhóm. Chỉ ghi “khác biệt” khi đó không phải do so sánh nhiều nhóm mà tình cờ thấy.
scores-groups-none = Không nhóm nào khác những người còn lại nhiều hơn mức ngẫu nhiên.
scores-groups-better = Chắc chắn tốt hơn những người còn lại: { $better }.
scores-groups-worse = Chắc chắn kém hơn những người còn lại: { $worse }.
scores-groups-both = Chắc chắn tốt hơn những người còn lại: { $better }. Chắc chắn kém hơn: { $worse }.
scores-column-against = So với những người còn lại
scores-column-verdict = Kết luận
scores-differs = khác biệt
scores-cannot-tell = chưa kết luận được
scores-too-few = quá ít người

scores-note-newest = Mỗi người được tính câu trả lời mới nhất. Điểm trung bình của CES trên thang 1 đến 7, 7 là dễ nhất; của CSAT trên thang đã hỏi.
scores-note-brands = Khi cùng những người ấy chấm nhiều thương hiệu, các chỉ số đi cùng nhau: chênh lệch giữa hai thương hiệu chắc chắn hơn so với khi nhìn hai khoảng tin cậy.
scores-note-nps-from-one = NPS được hỏi trên thang bắt đầu từ 1, không phải từ 0: không so được với các con số đã công bố.
scores-note-discoveries = Trong các nhóm được ghi là khác biệt, trung bình nhiều nhất 5 trên 100 nhóm thực ra không khác.
scores-note-not-asked = Chưa hỏi về thương hiệu của bạn: { $scores }. Câu hỏi có sẵn bên dưới.
scores-note-not-shown = Còn { $count } nhóm không được trình bày; --out có đủ.
scores-note-unknown = Có { $count } người trả lời không rõ thuộc nhóm nào.

left-out-about-dimension = { $rows } câu trả lời về một khía cạnh riêng, không phải về tổng thể
left-out-other-scale = { $rows } câu trả lời trên thang khác với số đông
left-out-older-answer = { $rows } câu trả lời cũ của người đã trả lời lại
