# friction: điểm đau, lấy đi của khách những gì, và liên quan thế nào đến việc khách quay lại.
friction-title = Điểm đau
friction-about = Khách gặp trục trặc gì và ở đâu: lỗi, bỏ dở, giao trễ, hoàn tiền, phải hỏi lại, phải làm lại; mỗi điểm đau lấy đi những gì và liên quan thế nào đến việc khách quay lại
friction-asks = Khách đau ở đâu, và điều đó khiến ta mất gì?
friction-nothing = Trong phạm vi này chưa ghi nhận trục trặc nào.
friction-cannot-tell = Lấy đi của khách nhiều nhất: { $pain } ({ $times } lần, { $customers } khách). Chưa thể nói có điều gì khiến khách không quay lại.
friction-worst = Đau nhất: { $pain } ({ $times } lần, { $customers } khách).
friction-worst-effect = Mỗi lần gặp đi cùng với khả năng mua lại trong { $days } ngày giảm { $lost }.
friction-worst-value = Nếu mỗi khách đã gặp trong năm qua gặp thêm một lần nữa, sẽ mất { $money } giá trị vòng đời khách hàng.
friction-figure-lost = Khả năng mất đi mỗi lần
friction-figure-lost-reading = Phần khả năng mua lại trong { $days } ngày bị mất, khi mọi thứ khác giữ nguyên.
friction-figure-value = Giá trị vòng đời gặp rủi ro
friction-figure-value-reading = Của { $customers } khách đã gặp trong năm qua, nếu mỗi người gặp thêm một lần.
friction-pain = { $trouble } ở { $place }

friction-trouble-failure = Lỗi
friction-trouble-abandonment = Bỏ dở
friction-trouble-late-delivery = Giao trễ
friction-trouble-refund = Hoàn tiền
friction-trouble-contact-again = Phải hỏi lại
friction-trouble-retry = Phải làm lại

friction-effects = Điểm đau và việc khách quay lại trong { $days } ngày
friction-effects-by-value = Trước hết là những điểm chắc chắn làm khách ít quay lại, theo giá trị vòng đời gặp rủi ro nhân với độ chắc chắn; sau đó là các điểm khác, theo những gì chúng lấy đi. Hệ số 0,8: mỗi lần gặp đi cùng với khả năng quay lại giảm một phần năm.
friction-effects-by-customers = Trước hết là những điểm chắc chắn làm khách ít quay lại, theo số khách của năm qua sẽ mất; sau đó là các điểm khác, theo những gì chúng lấy đi. Hệ số 0,8: mỗi lần gặp đi cùng với khả năng quay lại giảm một phần năm.
friction-column-trouble = Trục trặc
friction-column-place = Ở đâu
friction-column-stage = Giai đoạn
friction-column-times = Số lần
friction-column-share = Trong số khách đã đến đó
friction-column-customers = Khách
friction-column-factor = Hệ số quay lại
friction-column-tells = Nói lên điều gì
friction-column-value = Giá trị vòng đời gặp rủi ro
friction-lowers = làm khách ít quay lại
friction-raises = đi cùng với quay lại nhiều hơn
friction-stable = ở cả hai nửa thời gian
friction-unstable = nhưng hai nửa thời gian không giống nhau
friction-stability-unknown = một nửa thời gian có quá ít để so sánh
friction-cannot-see = chưa thể nói; mức mất { $smallest } thì đã thấy được
friction-unknown = chưa thể nói
friction-too-few = chưa thể nói: mới có { $customers } khách gặp đủ sớm, cần 20
friction-not-among-the-most = chưa thể nói: 30 điểm đau khác có nhiều khách gặp hơn
friction-not-told-apart = chưa thể nói: luôn xảy ra cùng một điều khác
friction-took = Chúng lấy đi những gì
friction-took-reading = Của những lần lỗi hay bỏ dở, những lần giao trễ, số tiền phải hoàn. Tiền gặp rủi ro không phải tiền mất: nó phụ thuộc vào việc đó.

friction-act = Khắc phục: { $pain }
friction-whom = { $customers } khách đã gặp trong năm qua
friction-evidence = Mỗi lần gặp đi cùng với khả năng mua lại trong { $days } ngày giảm { $lost }, khi thói quen mua, mùa và việc có mặt ở đó giữ nguyên. Kết luận: { $halves }.
friction-money = { $money } giá trị vòng đời khách hàng gặp rủi ro
friction-no-money = chưa biết bao nhiêu tiền phụ thuộc vào việc này
friction-rule = Chắc chắn làm khách ít quay lại, đã tính đến số điểm đau được xem xét.

friction-wanted = Sự kiện kèm kết quả
friction-wanted-why = Khi đó biết được lỗi ở đâu, với ai, và những khách ấy có quay lại không.
friction-wanted-how = Nhập nhật ký sự kiện với các cột name, at, customer_id và outcome (ok, failed, abandoned) vào bảng events; promised_at và delivered_at vào bảng order_lines.

friction-note-model = Tìm từ { $rows } ngày mà { $customers } khách có làm gì đó; sau { $share } số ngày ấy khách mua lại trong { $days } ngày. Giữ nguyên: khách từng mua bao nhiêu lần, bao nhiêu tiền, gần đây ra sao và từ bao lâu, hôm đó có mua không và có phải lần đầu không, quý trong năm, việc có mặt ở đó, và mọi điểm đau khác.
friction-note-not-cause = Đi cùng nhau chưa chắc là nguyên nhân và kết quả: khách gặp trục trặc có thể khác ở điều không ai ghi lại.
friction-note-no-link = Trục trặc liên quan thế nào đến việc khách quay lại: { $why }.
friction-note-late-rated = Đơn giao trễ được đánh giá { $late }, đơn đúng hẹn { $in_time }: chênh { $difference }, theo thang của nguồn, từ { $ratings } và { $others } lượt đánh giá. Chỉ tính người có đánh giá: ai bực hoặc rất vui thì hay đánh giá hơn.
friction-note-part = Rất nhiều khách: mức ảnh hưởng tìm từ một phần cố định ({ $part }); mọi số khác đếm trên tất cả.
friction-note-value = Giá trị vòng đời khách hàng là phần dự kiến khách mang lại trong { $days } ngày.
friction-note-revenue = Giá trị vòng đời khách hàng là doanh thu dự kiến trong { $days } ngày: chưa biết biên lợi nhuận.
friction-note-others = { $times } lần trục trặc xảy ra với người không rõ là khách nào: có đếm, nhưng không nằm trong số khách.
friction-note-not-shown = Số điểm đau khác không hiện ở đây: { $count }; tất cả nằm trong các dòng xuất ra (--out).
