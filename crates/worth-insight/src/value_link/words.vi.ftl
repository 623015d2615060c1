# value-link: từ trải nghiệm đến giá trị cảm nhận, lòng tin, tỷ trọng chi tiêu, giữ chân và doanh thu.
value-link-title = Giá trị có sinh lời không
value-link-about = Giá trị có sinh lời không: từ trải nghiệm đến giá trị cảm nhận, lòng tin, tỷ trọng chi tiêu, mua lại và doanh thu
value-link-asks = Nâng giá trị cảm nhận có kéo khách quay lại và mang về tiền không?
value-link-says-pays = Khách thấy { $brand } đáng giá hơn một điểm mua lại trong { $days } ngày nhiều hơn: thêm { $change } trên một trăm người, so với { $from } đã mua lại.
value-link-says-turned = Khách thấy { $brand } đáng giá hơn một điểm lại mua lại trong { $days } ngày ít hơn: { $change } trên một trăm người. Hãy tìm nguyên nhân chung của cả hai trước khi hành động.
value-link-says-cannot-tell = Chưa thể nói khách thấy { $brand } đáng giá hơn có mua lại nhiều hơn không: { $change } trên một trăm người mỗi điểm. Với { $customers } khách, chỉ thấy được chênh lệch từ { $smallest } trở lên.
value-link-says-revenue = Họ mang về doanh thu nhiều hơn { $more }.
value-link-says-nobody = Chưa thể nói: chưa ai được hỏi { $brand } mang lại gì và lấy đi gì.
value-link-says-no-customers = Chưa thể nói: không nhận ra khách hàng nào trong số người trả lời, nên không biết sau đó họ làm gì. Hãy hỏi mã khách hàng, số điện thoại hoặc email trong khảo sát.
value-link-says-too-few = Chưa thể nói: trong { $customers } khách đã trả lời, còn quá ít người đã qua { $days } ngày, hoặc gần như ai cũng làm như nhau.

# Figures.
value-link-retention = Mua lại, mỗi điểm giá trị
value-link-retention-reading = Số khách mua lại nhiều thêm trên một trăm người khi lợi ích trừ chi phí cao hơn một điểm.
value-link-revenue = Doanh thu, mỗi điểm giá trị
value-link-revenue-reading = Số tiền một khách chi thêm trong những ngày sau khi trả lời.
value-link-profit = Lợi nhuận, mỗi điểm giá trị
value-link-profit-reading = Doanh thu đó nhân với biên lợi nhuận theo giá vốn trong đơn hàng.

# The chain.
value-link-chain = Từ trải nghiệm đến doanh thu, từng mắt xích
value-link-chain-reading = Kết quả cao hơn (hay thấp hơn) bao nhiêu khi yếu tố tác động tăng một đơn vị, mọi thứ khác giữ nguyên; và khi tăng một mức chênh lệch thường gặp giữa mọi người (một độ lệch chuẩn), để so các mắt xích với nhau.
value-link-from = Nhiều hơn về
value-link-to = đi cùng
value-link-verdict = Kết luận
value-link-per-point = Mỗi điểm
value-link-per-deviation = Mỗi chênh lệch thường gặp
value-link-smallest = Thấy được từ
value-link-people = Số người
value-link-step-failure = lần gặp lỗi
value-link-step-late = lần giao trễ
value-link-step-complaint = lần khiếu nại
value-link-step-value = giá trị cảm nhận
value-link-step-trust = lòng tin
value-link-step-share = tỷ trọng chi tiêu
value-link-step-retention = mua lại
value-link-step-revenue = doanh thu
value-link-raises = tăng
value-link-lowers = giảm
value-link-cannot-tell = chưa thể nói
value-link-not-known = chưa thể nói: không biết về ai
value-link-too-few = chưa thể nói: có { $people } người, cần { $needed }
value-link-too-few-outcomes = chưa thể nói: { $rarer } người có kết quả hiếm hơn, cần { $needed }
value-link-nothing-differs = chưa thể nói: ai cũng như nhau
value-link-separated = chưa thể nói: cái này đoán trúng hoàn toàn cái kia

# Notes.
value-link-note-sooner = Sớm hơn bao nhiêu: mỗi điểm giá trị, nhịp quay lại cao gấp { $ratio } lần ({ $customers } khách, { $back } người đã quay lại; ở đây chưa loại nhiễu trong câu trả lời).
value-link-note-fades = Hệ số này thay đổi theo thời gian: đây là mức trung bình trong thời gian quan sát.
value-link-note-buyers = { $share } khách đã trả lời mua lại trong { $days } ngày, mỗi người { $revenue }.
value-link-note-margin = Trong doanh thu, { $margin } còn lại sau giá vốn.
value-link-note-no-margin = Chưa nói được lợi nhuận: đơn hàng không có giá vốn, hoặc quá ít dòng có.
value-link-note-habits = Giữ nguyên khi xét việc khách làm: mua bao nhiêu lần trong năm trước, mỗi lần bao nhiêu tiền, lần gần nhất cách bao lâu, và là khách bao lâu rồi. Chỉ tính những gì mua trong { $days } ngày sau khi trả lời.
value-link-note-not-cause = Đi cùng nhau chưa phải là nhân quả: chỉ thử nghiệm mới nói được. Ai mến cửa hàng có thể vừa chấm điểm cao vừa mua nhiều.
value-link-note-same-form = Giá trị, lòng tin và tỷ trọng chi tiêu lấy từ cùng một phiếu: ai đang vui thì cho điểm cao cả ba, nên mối liên hệ giữa chúng trông mạnh hơn thực tế. Mối liên hệ với việc khách làm thì không bị vậy.
value-link-note-answered-twice = Biết được độ nhiễu của câu trả lời nhờ những người trả lời lại: giá trị một người thấy lệch khoảng { $points } điểm. Nhiễu này kéo tác động về không, và đã được loại ra.
value-link-note-scale-step = Không ai trả lời hai lần nên không biết câu trả lời nhiễu đến đâu. Chỉ loại phần do bước thang điểm ({ $points } điểm): tác động thật có lẽ lớn hơn.
value-link-note-not-customers = { $count } người trả lời không nhận ra là khách hàng: không biết họ làm gì
value-link-note-not-over = { $count } khách trả lời chưa đủ { $days } ngày trước khi hết thời gian quan sát
