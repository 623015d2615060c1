## Việc liên hệ khách hàng có ích không: trang trình bày của `uplift`.

uplift-title = Liên hệ khách hàng có ích không?
uplift-about = Liên hệ khách hàng có ích không? So người được liên hệ với nhóm đối chứng chọn ngẫu nhiên.
uplift-asks = Liên hệ khách hàng có ích không?

uplift-says-helped = Có ích: trong { $days } ngày, tỷ lệ mua lại ở nhóm được liên hệ cao hơn, tính bằng điểm phần trăm: { $campaigns }.
uplift-says-harmed = Có hại: trong { $days } ngày, tỷ lệ mua lại ở nhóm được liên hệ thấp hơn, tính bằng điểm phần trăm: { $campaigns }.
uplift-says-cannot-tell = Chưa thể nói có ích hay không; chênh lệch trong { $days } ngày có thể là ngẫu nhiên: { $campaigns }.
uplift-says-nothing-to-compare = Chưa so được gì: một chiến dịch cần có khách ở cả hai nhóm và đã hết thời gian theo dõi.

uplift-verdict-helped = có ích
uplift-verdict-harmed = có hại
uplift-verdict-cannot-tell = chưa thể nói

uplift-table-shares = Tỷ lệ mua lại trong { $days } ngày
uplift-table-shares-reading = Có ích khi toàn bộ khoảng { $level } của chênh lệch nằm trên 0. Cột cuối: cần bao nhiêu khách, chia nhóm như thế này, để 8 trong 10 lần phân biệt được chênh lệch cỡ này với ngẫu nhiên.
uplift-table-money = Số tiền còn lại trên mỗi khách trong { $days } ngày
uplift-table-money-reading = Số tiền dao động nhiều hơn hẳn tỷ lệ mua lại nên lâu mới thấy rõ. Chưa trừ chi phí liên hệ.
uplift-chart = Chênh lệch tỷ lệ mua lại
uplift-chart-reading = Thanh nào có khoảng cắt qua số 0 thì có thể chỉ là ngẫu nhiên.
uplift-chart-none = không chênh lệch
uplift-column-campaign = Chiến dịch
uplift-column-verdict = Kết luận
uplift-column-treatment = Được liên hệ
uplift-column-holdout = Đối chứng
uplift-column-treatment-bought = Mua lại, nhóm liên hệ
uplift-column-holdout-bought = Mua lại, nhóm đối chứng
uplift-column-difference = Chênh lệch, điểm phần trăm
uplift-column-needed = Số khách cần có
uplift-column-treatment-money = Được liên hệ
uplift-column-holdout-money = Đối chứng
uplift-column-money-difference = Chênh lệch

uplift-section-balance = Hai nhóm trước đó có giống nhau không?
uplift-section-balance-about = Chỉ so được khi khách được chia nhóm ngẫu nhiên. Trước khi liên hệ, hai nhóm phải giống nhau.
uplift-table-balance = Trước khi liên hệ
uplift-table-balance-reading = Cột cuối là chênh lệch tính bằng độ lệch chuẩn; vượt 0,1 và vượt mức ngẫu nhiên của nhóm nhỏ thì hai nhóm không giống nhau.
uplift-column-measure = So về
uplift-column-treatment-mean = Được liên hệ, trung bình
uplift-column-holdout-mean = Đối chứng, trung bình
uplift-column-standardised = Chênh lệch chuẩn hóa
uplift-measure-silent-days = số ngày im lặng
uplift-measure-revenue-before = số tiền đã mua

uplift-note-unbalanced = { $campaign }: hai nhóm đã khác nhau trước khi liên hệ, nhiều hơn mức ngẫu nhiên. Nhóm có được chọn ngẫu nhiên không, danh sách có được nhập lại đầy đủ không? Đừng dựa vào kết luận này.
uplift-note-weighted = { $campaign }: khách có xác suất được liên hệ khác nhau, nên mỗi người được tính theo nghịch đảo của xác suất đó.
uplift-note-assigned = Ai cũng được tính vào nhóm đã chia, dù có liên lạc được hay không: người bắt máy vốn khác người không bắt máy. Tính lần mua từ ngày hôm sau đến hết { $days } ngày.
uplift-note-several = Mỗi khoảng đúng { $level } số lần; khi có nhiều chiến dịch, một chiến dịch có thể trông tốt hoặc xấu chỉ do ngẫu nhiên.

uplift-nobody-held-out = { $campaign }: đã liên hệ { $treatment } khách mà không chừa ai làm đối chứng, nên không thể biết có ích hay không. Lần sau hãy chừa ngẫu nhiên một phần mười.
uplift-nobody-contacted = { $campaign }: có { $holdout } khách ở nhóm đối chứng nhưng không ai được liên hệ.
uplift-too-early = { $campaign }: còn quá sớm; chưa khách nào trong { $not_over } khách hết { $days } ngày theo dõi.
