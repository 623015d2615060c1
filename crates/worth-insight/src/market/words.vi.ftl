# Thị trường: các thương hiệu đứng ở đâu, và ai có thể đổi.
market-title = Thị trường
market-about = Thương hiệu của bạn và đối thủ đứng ở đâu: mang lại gì so với chi phí bỏ ra, và ai có thể đổi thương hiệu
market-asks = Chúng ta đứng ở đâu trên thị trường?

# Trang đầu.
market-says-better = { $brand } đáng giá hơn: với chất lượng ấy, giá có thể cao hơn { $percent } mà vẫn hợp lý như các thương hiệu khác.
market-says-worse = { $brand } kém đáng giá hơn: với chất lượng ấy, giá có vẻ cao quá { $percent }.
market-says-even = { $brand } hợp lý ngang các thương hiệu khác: không thấy khác biệt rõ giữa điều mang lại và chi phí, so với họ.
market-says-few = Quá ít người được hỏi để kết luận: { $respondents } người trả lời.
market-says-strongest = Dẫn trước nhiều nhất về { $dimension } so với { $competitor } (hơn { $points }).
market-says-weakest = Thua nhiều nhất về { $dimension } so với { $competitor } (kém { $points }).
market-cannot-no-survey = Không thể biết: chưa ai được hỏi các thương hiệu mang lại gì và lấy đi gì.
market-cannot-no-competitors = Không thể biết: khách chỉ được hỏi về { $brand } ({ $respondents } người trả lời), không về đối thủ.
market-cannot-not-the-own-brand = Không thể biết: khách được hỏi về đối thủ, không về { $brand }.
market-cannot-no-benefits = Không thể biết: khách được hỏi các thương hiệu lấy đi gì, không hỏi mang lại gì.
market-cannot-no-costs = Không thể biết: khách được hỏi các thương hiệu mang lại gì, không hỏi lấy đi gì.
market-cannot-nothing-in-common = Không thể biết: { $brand } và đối thủ không được chấm trên cùng lợi ích và chi phí.

# Số liệu.
market-quality = Chất lượng cảm nhận so với thị trường
market-quality-reading = Lợi ích so với các thương hiệu khác, mỗi khía cạnh theo tầm quan trọng: 1 = ngang họ.
market-price = Giá tương đối
market-price-reading = Khách thấy đắt đến đâu so với các thương hiệu khác: 1 = ngang họ.
market-price-all = Chi phí tương đối
market-price-all-reading = Chi phí bỏ ra (mọi loại, vì chưa hỏi riêng về giá) so với các thương hiệu khác: 1 = ngang họ.
market-advantage = Lợi thế giá trị
market-advantage-reading = Giá có thể cao hơn chừng ấy mà vẫn hợp lý; dưới 0 là đắt quá chừng ấy.

# Bản đồ.
market-map = Bản đồ giá trị
market-map-reading = Càng sang phải càng tốt, càng lên cao càng đắt: dưới đường là đáng giá, trên đường là quá đắt so với điều mang lại. Thương hiệu nằm trong hình elip của nó với xác suất { $level }.
market-map-line = giá trị hợp lý
market-places = Các thương hiệu cạnh nhau
market-places-reading = 1 = ngang các thương hiệu khác; một thương hiệu dịch chuyển khi thương hiệu khác dịch chuyển, nên chỉ so khi có cùng các thương hiệu.
market-brand = Thương hiệu
market-own = { $brand } (của ta)
market-respondents = Người trả lời

# Đối đầu.
market-heads = Mỗi thương hiệu mạnh ở đâu
market-heads-about = Thương hiệu của ta với từng đối thủ, và mỗi thương hiệu được biết đến vì điều gì
market-leads = Thương hiệu của ta với từng đối thủ
market-leads-reading = Số điểm trên thang 1 đến 10 mà thương hiệu của ta dẫn trước; dưới 0 là thua. Ít chi phí hơn là dẫn trước. Khoảng tin cậy nằm hẳn một phía của 0 thì khó là ngẫu nhiên.
market-dimension = Khía cạnh
market-images = Mỗi thương hiệu được biết đến vì điều gì
market-images-reading = Số điểm trên (hay dưới) mức mà vị thế chung của thương hiệu và khía cạnh ấy cho chờ đợi: thương hiệu được yêu thích được chấm cao ở mọi mặt, còn đây là phần vượt ra ngoài điều đó.

# Ai có thể đổi.
market-switching = Ai có thể đổi thương hiệu
market-switching-about = Khách quen của một thương hiệu nhưng chấm thương hiệu khác cao hơn, lợi ích trừ chi phí
market-could-come = Có thể đến với ta
market-could-come-reading = Khách quen của đối thủ: tỷ lệ thấy thương hiệu của ta đáng giá hơn thương hiệu họ đang mua.
market-could-go = Có thể rời ta
market-could-go-reading = Khách quen của ta: tỷ lệ thấy một đối thủ đáng giá hơn.
market-usual = Thường mua
market-other = Chấm cao hơn
market-share = Tỷ lệ trong số họ
market-no-usual = Chưa ai nói thường mua thương hiệu nào (cột usual_brand): không thể biết ai có thể đổi.

# Nhóm.
market-groups = Theo nhóm
market-groups-about = Thương hiệu của ta đứng ở đâu trong mắt từng nhóm, với trọng số tầm quan trọng của tất cả
market-group = Nhóm
market-small = { $group } (ít)

# Ghi chú.
market-note-axes = Trên trục giá: { $dimensions }. Giá cảm nhận là mức khách thấy đắt, không phải số tiền.
market-note-axes-all = Chưa ai được hỏi về giá, nên mọi chi phí nằm trên trục ấy.
market-note-line = Đường giá trị hợp lý: tốt hơn 10 % thì giá có thể cao hơn { $percent }.
market-note-line-asked = Đường giá trị hợp lý: coi như người mua quyết định theo chất lượng với phần { $quality }, nên tốt hơn 10 % thì giá có thể cao hơn { $percent }.
market-note-zero = Đây là tỷ số của điểm trên thang 1 đến 10: chúng tùy thuộc số không của thang ở đâu. perceived cho biết thứ tự các thương hiệu có giữ nguyên khi dời số không không.
market-note-fans = Khi mỗi thương hiệu chỉ do khách của nó chấm, bản đồ cho thấy khách của ai nồng hậu hơn.
