# Phần chung của các câu hỏi dựa trên khảo sát: tên khía cạnh, vai trò, giai đoạn, câu hỏi soạn sẵn, lý do không tính.

# Thương hiệu của bạn.
answers-own-configured = Thương hiệu của bạn là { $brand }, theo worth.toml.
answers-own-business-name = Thương hiệu của bạn là { $brand }, vì trùng tên doanh nghiệp. Muốn đổi, hãy đặt brand trong mục [value] của worth.toml.
answers-own-unnamed = Câu trả lời không nêu thương hiệu được coi là nói về { $brand }. Muốn đổi, hãy đặt brand trong mục [value] của worth.toml.
answers-own-only-brand = Thương hiệu của bạn được hiểu là { $brand }, vì không thể là thương hiệu nào khác. Muốn đổi, hãy đặt brand trong mục [value] của worth.toml.
answers-own-most-scored = Thương hiệu của bạn chỉ là phỏng đoán: { $brand } được nhiều người trả lời nhất. Hãy đặt brand trong mục [value] của worth.toml.

answers-note-filters = Câu trả lời khảo sát không có kênh bán: bộ lọc đó không có tác dụng ở đây.

# Phiếu đáng ngờ và trọng số.
answers-note-doubts-kept = { $doubtful } trong { $forms } phiếu khảo sát đáng ngờ: { $doubts }. Các phiếu này vẫn được tính; muốn bỏ ra, hãy đặt leave_out trong mục [survey] của worth.toml.
answers-note-doubts-left-out = { $doubtful } trong { $forms } phiếu khảo sát đáng ngờ và không được tính: { $doubts }.
answers-note-doubts-some-left-out = { $doubtful } trong { $forms } phiếu khảo sát đáng ngờ, trong đó { $left } phiếu không được tính: { $doubts }.
answers-doubt-speeder = { $forms } phiếu trả lời nhanh hơn hẳn người khác
answers-doubt-straight-liner = { $forms } phiếu cho điều tốt và điều xấu cùng một điểm
answers-doubt-inconsistent = { $forms } phiếu trái ngược với tất cả những người khác
answers-doubt-duplicate = { $forms } phiếu trùng lặp
answers-note-weights-given = Người trả lời có trọng số: { $respondents } người nói lên được bằng { $effective } người có trọng số như nhau (hiệu ứng thiết kế { $effect }).
answers-note-weights-raked = Người trả lời được gán trọng số theo cơ cấu của những người họ đại diện: { $respondents } người nói lên được bằng { $effective } người có trọng số như nhau (hiệu ứng thiết kế { $effect }).
answers-note-raking-misses = Khảo sát “{ $survey }”: trọng số không đáp ứng được hết; có tỷ lệ còn lệch mục tiêu tới { $miss } điểm phần trăm{ $capped ->
    [0] .
   *[other] , { $capped } người đã ở mức trọng số tối đa.
}
answers-note-raking-nobody = Khảo sát “{ $survey }”: không có ai thuộc { $by } { $nobody } trả lời; trọng số không bù được điều đó.
answers-note-raking-unknown = Khảo sát “{ $survey }”: { $kept } người trả lời không rõ { $by } hoặc không có mục tiêu; cả nhóm giữ nguyên tỷ lệ.
answers-raked-by-region = vùng
answers-raked-by-culture = văn hóa
answers-raked-by-channel = kênh

# Câu hỏi để hoàn thiện khảo sát.
answers-completing = Câu hỏi để hoàn thiện khảo sát
answers-completing-reading = Dùng được ngay, theo thang 1 đến 10 nếu có ghi thang; mỗi câu một cột riêng.
answers-completing-measure = Cho biết
answers-completing-english = Tiếng Anh
answers-completing-vietnamese = Tiếng Việt
answers-gives-brand = so sánh
answers-gives-benefit = lợi ích
answers-gives-cost = chi phí
answers-gives-importance = mức độ quan trọng
answers-gives-worth = tổng thể
answers-gives-repurchase = kết quả
answers-gives-role = vai trò
answers-gives-stage = giai đoạn
answers-gives-recommend = NPS
answers-gives-satisfaction = CSAT, ACSI
answers-gives-effort = CES
answers-gives-expectancy = ACSI
answers-gives-ideal = ACSI
answers-gives-kano-with = Kano, khi có
answers-gives-kano-without = Kano, khi không có
answers-gives-share = tỷ trọng chi tiêu

# Khía cạnh, vai trò và giai đoạn mà Worth biết.
answers-benefit-product = sản phẩm
answers-benefit-quality = chất lượng
answers-benefit-service = dịch vụ
answers-benefit-staff = nhân viên
answers-benefit-emotion = cảm xúc
answers-benefit-brand = thương hiệu
answers-benefit-image = hình ảnh
answers-benefit-convenience = sự tiện lợi
answers-benefit-trust = sự tin cậy
answers-cost-price = giá
answers-cost-time = thời gian
answers-cost-effort = công sức
answers-cost-risk = rủi ro
answers-cost-inconvenience = sự bất tiện
answers-cost-mental-strain = căng thẳng tinh thần
answers-cost-personal-data = dữ liệu cá nhân
answers-cost-attention = sự chú ý bị chiếm
answers-role-user = người dùng
answers-role-buyer = người mua
answers-role-payer = người trả tiền
answers-role-decider = người quyết định
answers-role-influencer = người ảnh hưởng
answers-role-receiver = người nhận
answers-stage-before = trước khi mua
answers-stage-during = khi mua
answers-stage-payment = thanh toán
answers-stage-delivery = giao hàng
answers-stage-use = khi sử dụng
answers-stage-after = sau khi mua

# Người trả lời được phân biệt theo gì.
# Respondents, and those of equal weight who would say as much.
answers-effective = { $respondents } (hiệu dụng { $effective })

answers-by-role = Vai trò
answers-by-stage = Giai đoạn
answers-by-touchpoint = Điểm chạm
answers-by-region = Khu vực
answers-by-culture = Văn hóa
answers-by-channel = Kênh mang khách về
answers-by-product = Sản phẩm
answers-by-category = Nhóm sản phẩm
answers-by-month = Tháng

# Câu hỏi để hỏi.
answers-ask-alternative = Nếu không có { $brand }, anh/chị sẽ chọn thương hiệu nào? Xin trả lời cũng những câu hỏi này cho thương hiệu đó.
answers-ask-benefit = Về { $label }, anh/chị nhận được từ { $brand } nhiều đến mức nào? (1 = rất ít, 10 = rất nhiều)
answers-ask-benefit-product = Sản phẩm của { $brand } tốt đến mức nào về tính năng và chất lượng? (1 = rất kém, 10 = tuyệt vời)
answers-ask-benefit-emotion = Anh/chị thấy vui, dễ chịu đến mức nào khi mua và dùng sản phẩm của { $brand }? (1 = không hề, 10 = rất vui)
answers-ask-benefit-brand = Anh/chị coi trọng tên tuổi { $brand } và những gì thương hiệu này đại diện đến mức nào? (1 = không hề, 10 = rất coi trọng)
answers-ask-benefit-convenience = { $brand } tiện lợi đến mức nào: gần, mở cửa đúng lúc cần, dễ dùng? (1 = không tiện, 10 = rất tiện)
answers-ask-benefit-trust = Anh/chị tin { $brand } giữ đúng lời hứa đến mức nào? (1 = không tin, 10 = hoàn toàn tin)
answers-ask-cost = Ở { $brand }, anh/chị phải bỏ ra nhiều đến mức nào về { $label }? (1 = không đáng kể, 10 = rất nhiều)
answers-ask-cost-price = Giá của { $brand } có phải là gánh nặng với anh/chị không? (1 = không hề, 10 = rất nặng)
answers-ask-cost-time = { $brand } làm anh/chị mất bao nhiêu thời gian: đi lại, chờ đợi, giao hàng? (1 = hầu như không, 10 = rất nhiều)
answers-ask-cost-effort = { $brand } đòi hỏi anh/chị bao nhiêu công sức: tìm kiếm, hỏi han, điền thông tin, làm lại? (1 = hầu như không, 10 = rất nhiều)
answers-ask-cost-risk = Anh/chị lo đến mức nào rằng mua ở { $brand } có thể gặp trục trặc: chọn nhầm, hàng lỗi, giao trễ? (1 = không lo, 10 = rất lo)
answers-ask-cost-inconvenience = { $brand } gây cho anh/chị bao nhiêu phiền phức ngoài dự kiến? (1 = không hề, 10 = rất nhiều)
answers-ask-cost-mental-strain = Giao dịch với { $brand } mệt mỏi hoặc bực bội đến mức nào? (1 = không hề, 10 = rất mệt)
answers-ask-cost-personal-data = Anh/chị thấy phiền đến mức nào về những thông tin cá nhân mà { $brand } yêu cầu? (1 = không hề, 10 = rất phiền)
answers-ask-cost-attention = Tin nhắn và quảng cáo của { $brand } làm phiền anh/chị đến mức nào? (1 = không hề, 10 = rất phiền)
answers-ask-importance-benefits = Khi chọn nơi mua, từng lợi ích vừa hỏi quan trọng với anh/chị đến mức nào? (1 = không quan trọng, 10 = quyết định)
answers-ask-importance-costs = Khi chọn nơi mua, từng chi phí vừa hỏi quan trọng với anh/chị đến mức nào? (1 = không quan trọng, 10 = quyết định)
answers-ask-worth = Nhìn chung, { $brand } có đáng với tiền bạc, thời gian và công sức anh/chị bỏ ra không? (1 = không hề, 10 = hoàn toàn đáng)
answers-ask-repurchase = Khả năng anh/chị sẽ mua lại ở { $brand } là bao nhiêu? (0 = chắc chắn không, 10 = chắc chắn có)
answers-ask-recommend = Anh/chị có sẵn lòng giới thiệu { $brand } cho bạn bè, đồng nghiệp không? (0 = chắc chắn không, 10 = chắc chắn có)
answers-ask-satisfaction = Nhìn chung, anh/chị hài lòng với { $brand } đến mức nào? (1 = rất không hài lòng, 10 = rất hài lòng)
answers-ask-satisfaction-of-ten = Nhìn chung, trên thang mười điểm, anh/chị hài lòng với { $brand } đến mức nào? (1 = rất không hài lòng, 10 = rất hài lòng)
answers-ask-effort = { $brand } giúp tôi dễ dàng có được điều mình cần. (1 = hoàn toàn không đồng ý, 7 = hoàn toàn đồng ý)
answers-ask-expectancy = { $brand } đáp ứng mong đợi của anh/chị đến mức nào? (1 = kém xa, 10 = vượt xa)
answers-ask-ideal = { $brand } gần với hình mẫu lý tưởng của anh/chị đến mức nào? (1 = rất xa, 10 = rất gần)
answers-ask-kano-with = Nếu { $brand } có điều này, anh/chị thấy thế nào: { $label }? (thích · phải như vậy · bình thường · chấp nhận được · không thích)
answers-ask-kano-without = Nếu { $brand } không có điều này, anh/chị thấy thế nào: { $label }? (thích · phải như vậy · bình thường · chấp nhận được · không thích)
answers-ask-share = Trong mười lần mua gần đây nhất của anh/chị, mấy lần là ở { $brand }? (0 = không lần nào, 10 = cả mười)
answers-ask-role = Với { $brand }, anh/chị là người mua, người trả tiền, người dùng hay người quyết định? (có thể chọn nhiều)
answers-ask-stage = Anh/chị đang trả lời về lúc trước khi mua, khi mua, hay sau khi mua?

# Vì sao câu trả lời không được tính.
left-out-outside-scale = { $rows } câu trả lời có điểm nằm ngoài thang đo
left-out-no-dimension = { $rows } câu trả lời về lợi ích, chi phí, mức độ quan trọng hay tính năng mà không nêu khía cạnh
left-out-no-weight = { $rows } câu trả lời của người có trọng số không lớn hơn 0
left-out-other-brand = { $rows } câu trả lời về thương hiệu không đem ra so sánh
left-out-speeder = { $rows } câu trả lời trong phiếu trả lời nhanh hơn hẳn người khác
left-out-straight-liner = { $rows } câu trả lời trong phiếu cho điều tốt và điều xấu cùng một điểm
left-out-inconsistent = { $rows } câu trả lời trong phiếu trái ngược với tất cả những người khác
left-out-duplicate = { $rows } câu trả lời trong phiếu trùng lặp
