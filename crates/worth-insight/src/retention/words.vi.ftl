## Ai ở lại, mất khách ở đâu và khi nào: trang trình bày của `retention`.

retention-about = Ai ở lại, mất khách ở đâu và khi nào?
retention-asks = Ai ở lại, và mất khách khi nào?
retention-title = Ai ở lại

retention-headline = Cứ 100 khách hàng mới thì { $n } người mua lại trong vòng { $span } ngày: { $interval }.
retention-headline-unknown = Chưa thể nói bao nhiêu khách hàng mới sẽ mua lại: chưa ai được quan sát đủ 30 ngày.
retention-headline-contracts = Cứ 100 hợp đồng thì { $n } hợp đồng còn hiệu lực sau { $span } tháng: { $interval }.
retention-newest-lower = Khách mới của { $cohort } quay lại ít hơn các lứa trước: { $share } mua lại trong { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} kế tiếp, so với { $earlier } ở { $cohorts } lứa trước ({ $customers } khách mới).
retention-newest-higher = Khách mới của { $cohort } quay lại nhiều hơn các lứa trước: { $share } mua lại trong { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} kế tiếp, so với { $earlier } ở { $cohorts } lứa trước ({ $customers } khách mới).
retention-newest-not-shown = Chưa thể nói khách mới của { $cohort } quay lại nhiều hay ít hơn các lứa trước: { $share } mua lại trong { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} kế tiếp, so với { $earlier } ở { $cohorts } lứa trước ({ $customers } khách mới); chênh lệch có thể chỉ là ngẫu nhiên.
retention-newest-too-few = Chưa thể nói khách mới của { $cohort } quay lại nhiều hay ít hơn các lứa trước: quá ít khách mới ({ $customers }) hoặc quá ít lứa trước ({ $cohorts }). { $share } mua lại trong { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} kế tiếp.

retention-section-again = Ai mua lại
retention-section-again-about = { $customers } khách hàng, xét thời gian từ lần mua này đến lần mua sau. Khách mới được tính trong chừng mực đã quan sát được.
retention-again = Mua lại trong vòng { $days } ngày
retention-again-reading = Trong số tất cả khách hàng, tính từ lần mua đầu tiên.
retention-median = Một nửa đã mua lại sau
retention-median-reading = Từ lần mua đầu đến lần thứ hai, tính trên mọi khách hàng, kể cả người chưa quay lại.
retention-not-reached = chưa tới một nửa
retention-not-reached-interval = chưa đạt đến trong thời gian quan sát
retention-from-to = từ { $low } đến { $high } (khoảng tin cậy { $level })
retention-at-least = ít nhất { $low } (khoảng tin cậy { $level }); chưa thấy đầu trên
retention-fall = Giảm mạnh nhất: từ { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} { $before } sang { $age }
retention-fall-reading = Tỷ lệ trong { $customers } khách hàng được quan sát ở cả hai kỳ: số mua ở kỳ trước mà không mua ở kỳ sau, trừ số ngược lại. { $period ->
    [quarter] Quý
    [week] Tuần
   *[month] Tháng
} 0 là kỳ mua lần đầu ({ $before } → { $age }).
retention-later-fall = Lần giảm mạnh nhất sau đó: từ { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} { $before } sang { $age }
retention-later-fall-reading = Cũng như trên nhưng sau bước đầu tiên ({ $before } → { $age }), trong { $customers } khách hàng được quan sát ở cả hai { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
}.
retention-spans-table = Bao nhiêu người đã mua lại, và khi nào
retention-spans-reading = Tỷ lệ trên mọi khách hàng, kèm khoảng tin cậy (Kaplan-Meier: khách mới được tính trong chừng mực đã quan sát được).
retention-spans-within = Trong vòng
retention-spans-share = Mua lại
retention-spans-observed = Khách được quan sát đủ lâu
retention-steps-table = Mất khách sau lần mua thứ mấy
retention-steps-reading = Trong những người đã mua từng ấy lần, tỷ lệ mua thêm lần nữa. Ai từng quay lại thì vốn đã gắn bó hơn.
retention-steps-purchase = Số lần đã mua
retention-customers = Khách hàng
retention-within = Mua nữa trong { $days } ngày
retention-half = Một nửa sau

retention-section-cohorts = Từng lứa khách, theo { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} mua lần đầu
retention-cohorts-table = Tỷ lệ mua hàng của từng lứa, tính bằng %
retention-cohorts-reading = Một lứa là khách mới của một kỳ; +1 là { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} liền sau kỳ mua lần đầu. “…”: kỳ chưa kết thúc nên không nêu tỷ lệ. Khoảng tin cậy, số tiền và số người mua từ kỳ đó trở đi có trong JSON và trong các dòng của --out.
retention-cohorts-cut = * Dữ liệu bắt đầu giữa kỳ này: lứa này có thể thiếu khách.
retention-cohorts-more = { $n } lứa trước đó chỉ có trong JSON.
retention-cohort = Lứa
retention-cohort-size = Mới
retention-quarter = Quý { $quarter }/{ $year }

retention-section-curve = Mọi lứa gộp lại, theo từng { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
}
retention-chart-curve = Tỷ lệ mua hàng theo số { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} kể từ lần mua đầu
retention-chart-curve-reading = Mỗi điểm tính từ những lứa đã được quan sát trọn { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} đó, kèm khoảng tin cậy. Càng về bên phải càng dựa trên ít lứa và những lứa cũ hơn.
retention-age = Số { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} từ lần mua đầu
retention-bought = Mua hàng
retention-all = mọi khách hàng
retention-ages-table = Số liệu của đường cong
retention-ages-reading = Số tiền: chi tiêu trong { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} đó so với kỳ mua lần đầu. Khách hàng: số người đứng sau mỗi điểm.
retention-money = Số tiền so với kỳ đầu

retention-section-contracts = Hợp đồng
retention-section-contracts-about = { $contracts } hợp đồng của { $customers } khách hàng; { $ended } hợp đồng đã kết thúc. Số còn lại được tính trong chừng mực đã quan sát được.
retention-stayed = Còn hiệu lực sau { $months } tháng
retention-stayed-reading = { $at_risk } hợp đồng còn hiệu lực và được quan sát ở thời điểm đó.
retention-life = Một nửa số hợp đồng kết thúc sau
retention-life-reading = Tính từ ngày bắt đầu hợp đồng.
retention-months = { $n } tháng
retention-month-fall = Mất nhiều nhất ở tháng thứ { $month }
retention-month-fall-reading = Tỷ lệ trên mọi hợp đồng kết thúc ở tháng thứ { $month }: { $share } số hợp đồng còn hiệu lực đầu tháng đó.
retention-chart-contracts = Hợp đồng còn hiệu lực
retention-chart-contracts-reading = Tỷ lệ hợp đồng còn hiệu lực sau từng ấy tháng kể từ khi bắt đầu, kèm khoảng tin cậy (Kaplan-Meier).
retention-months-axis = Số tháng từ khi bắt đầu
retention-running = Còn hiệu lực
retention-all-contracts = mọi hợp đồng
retention-observed = Hợp đồng được quan sát
retention-stayed-table = Bao nhiêu hợp đồng kéo dài đến lúc đó
retention-stayed-table-reading = “–”: không hợp đồng nào được quan sát đủ lâu.
retention-reasons-table = Vì sao hợp đồng kết thúc
retention-reasons-reading = Tỷ lệ trên mọi hợp đồng đã kết thúc vì từng lý do (Aalen-Johansen): cộng với số còn hiệu lực là 100%.
retention-reason = Lý do
retention-reason-unsaid = không nêu
retention-contracts = Hợp đồng
retention-ended-within = Trong vòng { $months } tháng

retention-section-segments = Ai mua lại, theo { $by }
retention-section-contract-segments = Hợp đồng kéo dài bao lâu, theo { $by }
retention-segments-purchases-differ = Có khác nhau: ít nhất một trong { $segments } nhóm quay lại nhanh hơn hoặc chậm hơn các nhóm khác (kiểm định log-rank, p { $p }).
retention-segments-purchases-not-shown = Chưa thấy { $segments } nhóm khác nhau về tốc độ quay lại (kiểm định log-rank, p { $p }); vẫn có thể có khác biệt nhỏ.
retention-segments-contracts-differ = Có khác nhau: hợp đồng của ít nhất một trong { $segments } nhóm kéo dài lâu hơn hoặc ngắn hơn các nhóm khác (kiểm định log-rank, p { $p }).
retention-segments-contracts-not-shown = Chưa thấy { $segments } nhóm khác nhau về thời gian hợp đồng kéo dài (kiểm định log-rank, p { $p }); vẫn có thể có khác biệt nhỏ.
retention-segments-too-few = Chưa thể nói các nhóm có khác nhau không: quá ít nhóm, hoặc quá ít người quay lại hay rời đi.
retention-segments-table = Các nhóm
retention-contract-segments-table = Hợp đồng theo nhóm
retention-segments-reading = Nhóm lớn nhất đứng trước. Nhóm nhỏ có dưới 30: số liệu phần lớn là ngẫu nhiên.
retention-segment = Nhóm
retention-small = { $name } (nhóm nhỏ)
retention-other = các nhóm khác
retention-unknown = không rõ
retention-chart-segments = Tỷ lệ mua hàng theo số { $period ->
    [quarter] quý
    [week] tuần
   *[month] tháng
} từ lần mua đầu, theo nhóm

retention-note-lost = Không có hợp đồng thì không ai báo mình rời đi: người không mua ở kỳ này có thể quay lại ở kỳ sau. Đường cong cho thấy ai còn mua, không phải ai đã rời đi.
retention-note-records = Dữ liệu bắt đầu từ ngày { $begin }. Ai đã mua trước ngày đó bị coi là khách mới ở những kỳ đầu, và họ gắn bó hơn khách mới thật sự.
retention-note-before = { $customers } khách hàng đã mua trước khoảng thời gian được hỏi nên không thuộc lứa nào trong đó.
retention-note-segments = Các nhóm khác nhau ở nhiều điều ngoài tên gọi: nhóm nào đó quay lại ít hơn không có nghĩa tên nhóm là nguyên nhân. Thông tin khách hàng là bản mới nhất, có thể có sau lần mua đầu.
retention-note-contracts = Mỗi hợp đồng được tính riêng: khách kết thúc hợp đồng này rồi ký hợp đồng khác vẫn là mất một hợp đồng. Bộ lọc kênh và ngành hàng không áp dụng cho hợp đồng.
retention-note-late = { $contracts } hợp đồng bắt đầu trước khoảng thời gian được hỏi: chúng được tính từ tuổi đã có lúc khoảng đó bắt đầu.
retention-note-fell-early = Số ít hợp đồng được quan sát ở tuổi { $months } tháng đều đã kết thúc, dù sau đó còn những hợp đồng khác: từ tuổi đó trở đi đường cong không dùng được. Hãy hỏi một khoảng thời gian dài hơn.
retention-note-turned = { $contracts } hợp đồng có ngày kết thúc trước ngày bắt đầu: bị bỏ ra.
