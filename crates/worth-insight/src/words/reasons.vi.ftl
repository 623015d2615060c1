# Vì sao dòng không được tính (left-out-…), và vì sao dòng nguồn không được nhận (reason-…).
left-out-anonymous = { $rows } lượt bán không có khách: có trong tổng, không có trong các câu hỏi về khách hàng
left-out-cancelled = { $rows } dòng của đơn bị hủy, bị từ chối hoặc trả lại
left-out-refunded = { $rows } dòng của những ngày đã hoàn tiền toàn bộ
left-out-no-exchange-rate = { $rows } dòng bằng tiền tệ khác mà không có tỷ giá của ngày đó
left-out-before = { $rows } dòng trước kỳ
left-out-after = { $rows } dòng sau kỳ
left-out-filtered = { $rows } dòng ngoài bộ lọc
left-out-no-score = { $rows } câu trả lời không có điểm trên thang đo
left-out-no-scale = { $rows } câu trả lời không rõ hai đầu thang đo
left-out-other-measure = { $rows } câu trả lời thuộc loại câu hỏi khác
