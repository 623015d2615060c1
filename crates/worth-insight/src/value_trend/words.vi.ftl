# Giá trị thay đổi theo thời gian.
value-trend-title = Giá trị theo thời gian
value-trend-about = Khách hàng nhận được nhiều hay ít hơn so với những gì bỏ ra: từ khi nào, nhóm nào, và vì đâu
value-trend-asks = Giá trị với khách hàng đang tăng hay giảm, và với nhóm nào?
value-trend-says = { $brand }: { $followed } { $value } tính chung mọi kỳ. { $whole } { $groups }
value-trend-says-nobody = Chưa thể biết: chưa ai được hỏi nhận được gì từ { $brand } và phải bỏ ra những gì.
value-trend-fell = { $who } giảm { $size } kể từ { $from } (chắc chắn { $level }: { $dates }).
value-trend-rose = { $who } tăng { $size } kể từ { $from } (chắc chắn { $level }: { $dates }).
value-trend-no-change = { $who }: chưa thấy thay đổi chắc chắn; thay đổi { $step } ở giữa kỳ sẽ được nhận ra 8 lần trong 10.
value-trend-no-group = Chưa nhóm nào chắc chắn thay đổi.
value-trend-too-few-changes = Để biết có thay đổi hay không cần { $periods_needed } kỳ và { $answers_needed } lượt trả lời; hiện có { $periods } và { $answers }.
value-trend-too-few-outlook = Quá ít để nhìn về phía trước: cần { $periods_needed } kỳ và { $answers_needed } lượt trả lời; hiện có { $periods } và { $answers }.
value-trend-everyone = Tất cả
value-trend-followed-difference = Lợi ích trừ chi phí
value-trend-followed-benefits = Lợi ích
value-trend-followed-costs = Chi phí
value-trend-stretch = { $from } đến { $until }
value-trend-quarter = quý { $quarter }/{ $year }
value-trend-month = Tháng
value-trend-quarter-heading = Quý

value-trend-mean = Chung mọi kỳ
value-trend-mean-reading = Trung bình của mọi lượt trả lời.
value-trend-now = Hiện tại
value-trend-now-reading = Mức trong { $period }, tính từ mọi kỳ đến lúc đó.
value-trend-ahead = Sắp tới
value-trend-ahead-reading = Mức trong { $period } nếu vẫn dao động như trước. Không kéo dài xu hướng.

value-trend-chart = { $who }: giá trị theo thời gian
value-trend-chart-reading = Điều khách nói trong từng kỳ, kèm khoảng tin cậy; mức tìm được; và mức có thể có sắp tới.
value-trend-said = Khách nói
value-trend-level = Mức tìm được
value-trend-outlook = Sắp tới

value-trend-lines = Nhóm nào thay đổi, từ khi nào
value-trend-lines-reading = Chỉ ghi “thay đổi” khi đó không phải do xem nhiều nhóm mà tình cờ thấy. Cột cuối: thay đổi nhỏ hơn mức này sẽ không được nhận ra 8 lần trong 10.
value-trend-column-by = Phân theo
value-trend-column-group = Nhóm
value-trend-column-answers = Lượt trả lời
value-trend-column-mean = Trung bình
value-trend-column-verdict = Kết luận
value-trend-column-change = Thay đổi
value-trend-column-when = Khi nào
value-trend-column-ahead = Sắp tới
value-trend-column-smallest = Thay đổi nhỏ nhất nhận ra được
value-trend-changed = thay đổi
value-trend-cannot-tell = chưa rõ
value-trend-too-few = quá ít

value-trend-moved = { $who }: vì đâu
value-trend-moved-at-change = Trước: { $before }. Sau: { $after }. Thay đổi: { $change }.
value-trend-moved-halves = Nửa đầu số lượt trả lời, { $before }, so với nửa sau, { $after }: { $change }.
value-trend-benefits-and-costs = Lợi ích { $benefits }, chi phí { $costs }.
value-trend-no-dimension = Không khía cạnh riêng lẻ nào chắc chắn thay đổi.
value-trend-dimensions-changed = Chắc chắn thay đổi: { $dimensions }.
value-trend-importance-changed = Quan trọng hơn hoặc kém hơn trước: { $dimensions }.
value-trend-column-dimension = Khía cạnh
value-trend-column-before = Trước
value-trend-column-after = Sau
value-trend-column-score-change = Thay đổi
value-trend-column-adds = Góp vào
value-trend-column-importance-before = Mức quan trọng trước (0 đến 10)
value-trend-column-importance-after = Sau

value-trend-mix = { $who }: ai trả lời
value-trend-mix-reading = Mỗi dòng tách cùng một thay đổi theo cách riêng: phần do người trả lời khác trước, phần do họ nói khác trước.
value-trend-column-mix = Do người trả lời
value-trend-column-level = Do điều họ nói
value-trend-column-parts = Phần lớn nhất (tỷ trọng lượt trả lời)
value-trend-part = { $group } { $part } ({ $before } → { $after })
value-trend-not-known = không rõ hoặc thuộc nhiều nhóm

value-trend-periods = Từng kỳ
value-trend-periods-reading = Tất cả mọi người, kèm khoảng tin cậy.
value-trend-column-ratio = Lợi ích / chi phí

value-trend-note-smallest = Một khảo sát khác giống toàn bộ khảo sát này sẽ cho thấy thay đổi { $change } 8 lần trong 10.
value-trend-note-respondents = Mỗi người được tính một lần trong một kỳ. Các khía cạnh có trọng số như nhau ở mọi kỳ và mọi nhóm: theo ý của tất cả người trả lời.
value-trend-note-unrest = Các kỳ khác nhau nhiều hơn hẳn mức số lượt trả lời cho phép: do mùa, do chiến dịch, hoặc do người được hỏi. Khoảng tin cậy đã tính đến điều đó.
value-trend-note-discoveries = Trong các nhóm được ghi là thay đổi, trung bình nhiều nhất 5 trên 100 nhóm thực ra không đổi.
value-trend-note-further = Còn { $count } nhóm thay đổi không được trình bày riêng; --out có đủ.
value-trend-missing-periods = Mọi câu trả lời thuộc cùng một kỳ: hãy hỏi lại sau để thấy thay đổi.
value-trend-missing-benefits = Chưa ai được hỏi về lợi ích: chỉ theo dõi chi phí.
value-trend-missing-costs = Chưa ai được hỏi về chi phí: chỉ theo dõi lợi ích.
value-trend-missing-importance = Chưa ai được hỏi điều gì quan trọng: mọi khía cạnh có trọng số như nhau.

left-out-not-own-brand = { $rows } câu trả lời về thương hiệu khác
left-out-another-time = { $rows } câu trả lời có ngày cách các câu khác hàng chục năm
