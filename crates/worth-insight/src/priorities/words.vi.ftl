# priorities: nên cải thiện điều gì trước, cho ai.
priorities-title = Nên cải thiện điều gì trước
priorities-about = Nên cải thiện gì trước, cho ai, ở điểm chạm nào: mức lợi về giá trị và tiền, nhân với độ chắc
priorities-asks = Ta nên cải thiện điều gì trước?
priorities-says-first = { $what }: { $gain }. Chắc { $sure } là có lợi.
priorities-says-cannot-tell = Chưa thể nói nên cải thiện điều gì trước. Đáng kỳ vọng nhất là: { $what }, { $gain }; nhưng chỉ chắc { $sure } là có lợi.
priorities-says-intention-benefit = Theo lời khách nói, thêm một điểm { $name } đứng đầu: ý định mua lại tăng { $points } điểm.
priorities-says-intention-cost = Theo lời khách nói, bớt một điểm { $name } đứng đầu: ý định mua lại tăng { $points } điểm.
priorities-says-unknown = Dữ liệu này chưa nói được tốt hơn một điểm mang lại điều gì.
priorities-says-nobody = Chưa thể nói: chưa ai được hỏi { $brand } mang lại gì và lấy đi gì.
priorities-says-touchpoint = Bớt một lần lỗi cho mỗi người từng gặp ở { $what }: { $gain }.

# What is improved.
priorities-what-benefit = Thêm một điểm { $name }
priorities-what-cost = Bớt một điểm { $name }
priorities-what-touchpoint = Bớt một lần lỗi ở { $name }
priorities-no-touchpoint = (không ghi điểm chạm)
priorities-gain-money = doanh thu thêm { $money } mỗi năm
priorities-gain-buys-again = thêm { $effect } khách mua lại trong { $days } ngày
priorities-gain-intention = ý định mua lại tăng { $effect } điểm
priorities-gain-share = thêm { $effect } người chọn ta
priorities-gain-value = giá trị tăng { $effect } điểm

# Columns and figures.
priorities-what = Cải thiện
priorities-gap = Hơn đối thủ
priorities-value = Giá trị
priorities-value-reading = Số điểm mà lợi ích trừ chi phí tăng thêm.
priorities-buys-again = Mua lại trong { $days } ngày
priorities-buys-again-reading = Số khách mua lại nhiều thêm trong toàn bộ khách hàng.
priorities-intention = Ý định mua lại
priorities-intention-reading = Số điểm trên thang 1 đến 10 theo lời khách nói.
priorities-share = Chọn ta
priorities-share-reading = Số người thấy ta tốt nhất nhiều thêm trên một trăm người.
priorities-money = Doanh thu mỗi năm
priorities-money-reading = Doanh thu nhiều hơn năm vừa qua.
priorities-sure = Chắc là có lợi
priorities-people = Số người

# Tables.
priorities-everyone = Mỗi khía cạnh tốt hơn một điểm, cho mọi người
priorities-everyone-reading = Xếp theo mức đáng kỳ vọng: mức lợi nhân với độ chắc là có lợi. Hơn đối thủ: tính bằng điểm; mất ít hơn về một chi phí là hơn.
priorities-groups = Mỗi khía cạnh tốt hơn một điểm, theo từng nhóm
priorities-groups-reading = Xếp theo cùng cách; giá trị, khoảng cách và doanh số là của riêng nhóm.
priorities-touchpoints = Bớt một lần lỗi, theo điểm chạm
priorities-touchpoints-reading = Cho mỗi người từng gặp lỗi trong nửa năm trước khi trả lời. Số người: bao nhiêu người trả lời từng gặp.

# Advice.
priorities-act-benefit = Nâng { $name }
priorities-act-cost = Giảm những gì khách mất về { $name }
priorities-act-touchpoint = Sửa lỗi ở { $name }
priorities-whom = Cho mọi khách hàng
priorities-evidence-benefit = Thêm một điểm đi cùng { $value } giá trị; chắc { $sure } là có lợi, theo lời khách nói và việc khách làm trong { $days } ngày sau đó.
priorities-evidence-cost = Bớt một điểm đi cùng { $value } giá trị; chắc { $sure } là có lợi, theo lời khách nói và việc khách làm trong { $days } ngày sau đó.
priorities-evidence-touchpoint = Bớt một lần lỗi đi cùng { $value } giá trị; chắc { $sure } là có lợi, theo lỗi khách gặp và việc khách làm trong { $days } ngày sau đó.
priorities-rule = Mức lợi chắc chắn trên 0, cận dưới lớn nhất xếp trước.

# Notes.
priorities-note-point = Một điểm trên thang 1 đến 10 cho mọi người, trong giới hạn thang điểm; tác động lấy từ what-if.
priorities-note-money = Doanh thu: số tiền khách trả trong { $days } ngày sau khi trả lời tăng bao nhiêu lần, nhân với số tiền mọi khách đã biết trả trong năm qua.
priorities-note-no-money = Chưa nói được bằng tiền: { $why }.
priorities-no-behaviour = không biết khách làm gì sau khi trả lời
priorities-note-drawn = Mức lợi của các khía cạnh được kéo về mức chung, càng chưa chắc càng kéo nhiều: mức lớn nhất trong nhiều mức thường lớn cũng do ngẫu nhiên. Vì vậy chúng nhỏ hơn trong what-if.
priorities-note-groups = Ở mọi nhóm, tác động của một điểm lên việc mua lại và doanh thu lấy chung từ toàn bộ khách: riêng một nhóm khó nói được. Nhóm dưới 30 người không hiện.
priorities-note-more = { $count } mục khác của các nhóm; tất cả có trong các dòng (--out)
priorities-note-touchpoints = Người gặp lỗi có thể vốn đã là khách khác biệt; mức mua thường xuyên, số tiền và thời gian là khách trước đó được giữ nguyên.
priorities-note-effort = Nâng một điểm ở khía cạnh này có thể khó hơn ở khía cạnh kia: tốn bao nhiêu thì bạn biết rõ. what-if --cost đặt một thay đổi cạnh mức giảm giá tốn cùng số tiền.
priorities-note-not-cause = Đi cùng nhau chưa phải là nhân quả. Hãy thử điều đầu tiên ở một nơi trước khi làm ở mọi nơi.
