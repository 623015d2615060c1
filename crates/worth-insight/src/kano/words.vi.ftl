# Mô hình Kano: mỗi tính năng có ý nghĩa gì với khách hàng.
kano-title = Điều gì phải có, điều gì làm khách thích thú
kano-about = Tính năng nào phải có, tính năng nào làm khách thích thú, tính năng nào không ai để ý (mô hình Kano)
kano-asks = Tính năng nào phải có, tính năng nào làm khách thích thú?
kano-says-nothing = Chưa thể biết: chưa ai được hỏi cảm thấy thế nào khi có và khi không có một tính năng.
kano-says-must-be = Phải có, thiếu là khách khó chịu: { $features }.
kano-says-one-dimensional = Càng nhiều càng tốt: { $features }.
kano-says-attractive = Làm khách thích thú, không có cũng không sao: { $features }.
kano-says-indifferent = Không ai để ý: { $features }.
kano-says-reverse = Khách thà không có: { $features }.
kano-says-questionable = Câu trả lời mâu thuẫn nhau: { $features }.
kano-says-too-close = Chưa kết luận được vì các loại ngang nhau: { $features }.

kano-must-be = phải có
kano-one-dimensional = càng nhiều càng tốt
kano-attractive = gây thích thú
kano-indifferent = không để ý
kano-reverse = thà không có
kano-questionable = mâu thuẫn

kano-table = Các tính năng
kano-table-reading = Tốt lên: có tính năng thì mức hài lòng tăng bao nhiêu phần; kém đi: thiếu nó thì giảm bao nhiêu phần. Điều phải có đứng trước.
kano-column-feature = Tính năng
kano-column-category = Loại
kano-column-better = Tốt lên
kano-column-worse = Kém đi
kano-column-respondents = Số người trả lời
kano-cannot-tell = chưa kết luận được: { $categories }; hãy coi là { $treat_as }
kano-chart = Mức hài lòng thay đổi theo từng tính năng
kano-chart-reading = Càng sang phải, thiếu nó khách càng khó chịu; càng lên cao, có nó khách càng vui. Góc trên trái gây thích thú, góc dưới phải là điều phải có, góc trên phải: càng nhiều càng tốt.
kano-axis-better = Có thì hài lòng tăng
kano-axis-worse = Thiếu thì hài lòng giảm
kano-half-better = một nửa
kano-half-worse = một nửa
kano-shares = Bao nhiêu người xếp như vậy
kano-shares-reading = Tỷ lệ người trả lời; các khoảng tin cậy của một tính năng đúng cùng lúc. Hai tỷ lệ lớn là hai kiểu khách hàng, không phải một tính năng.

kano-note-sorts = Mô hình này phân loại tính năng, không cho biết tính năng đáng giá bao nhiêu. Điều hôm nay gây thích thú, ngày mai sẽ là điều phải có.
kano-note-odd = Nhiều câu trả lời về { $features } mâu thuẫn hoặc muốn ngược lại: người trả lời có hiểu câu hỏi không?
kano-note-unknown-wordings = Những lời không thuộc năm câu trả lời: { $wordings }. Đúng ra là: thích, phải như vậy, bình thường, chấp nhận được, không thích.
kano-note-in-part = Chưa ai trả lời cả hai câu về { $features }: mỗi tính năng cần một câu khi có và một câu khi không có.

left-out-unknown-wording = { $rows } câu trả lời bằng lời không thuộc năm câu trả lời
left-out-half-a-pair = { $rows } câu trả lời của người chỉ trả lời một trong hai câu
left-out-not-five-steps = { $rows } câu trả lời bằng điểm trên thang không phải năm bậc
