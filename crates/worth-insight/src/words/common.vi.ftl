# Những gì phòng nào cũng nói: bậc tiền, khoảng tin cậy, liệt kê.
words-million = { $n } triệu
words-billion = { $n } tỷ
words-trillion = { $n } nghìn tỷ
words-and = { $first } và { $last }
words-points = { $n } điểm
words-days = { $n } ngày
words-seconds = { $n } giây
words-minutes = { $n } phút
words-hours = { $n } giờ
words-long-days = { $n } ngày
words-interval = từ { $low } đến { $high } (khoảng tin cậy { $level })
words-estimate = { $value } ({ $low } đến { $high })
words-counted = đếm từ toàn bộ dữ liệu: chính xác
words-given = do con người chọn, không phải đo được
words-too-few = quá ít quan sát để có khoảng tin cậy
words-not-identified = dữ liệu này không cho biết sai lệch có thể đến đâu
words-left-out-other = { $rows } dòng: { $reason }
