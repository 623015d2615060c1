# Vai trò: người dùng, người mua, người trả tiền, người quyết định thấy gì, và ai có tiếng nói.
roles-title = Vai trò
roles-about = Người dùng, người mua, người trả tiền và người quyết định có thấy cùng một giá trị không, kể cả trong cùng một hộ hay công ty, và ai có tiếng nói
roles-asks = Người dùng, người mua, người trả tiền và người quyết định có thấy cùng một giá trị không?

# Trang một.
roles-says-cost = Không. { $where }, { $role } thấy { $dimension } nặng hơn so với { $other }, chênh { $points }.
roles-says-benefit = Không. { $where }, { $role } nhận được ít { $dimension } hơn so với { $other }, chênh { $points }.
roles-says-none = Chưa thấy chênh lệch nào giữa các vai trò vượt quá mức ngẫu nhiên.
roles-says-decides = Tiếng nói lớn nhất thuộc về { $role } ({ $share }).
roles-within-accounts = Trong cùng một hộ hay công ty ({ $accounts } nơi)
roles-whole-survey = Trong toàn bộ khảo sát
roles-cannot-no-survey = Chưa thể biết: chưa ai được hỏi { $brand } mang lại gì và lấy đi gì.
roles-cannot-no-roles = Chưa thể biết: trong { $respondents } người trả lời, không rõ vai trò của ai cả.
roles-cannot-one-role = Chưa thể biết: mọi người đã rõ vai trò trong { $respondents } người trả lời đều cùng một vai trò.

# Con số.
roles-gap = { $dimension }: { $role } so với { $other }
roles-gap-reading-cost = Thấy nặng hơn chừng ấy, trên thang 1 đến 10.
roles-gap-reading-benefit = Nhận được ít hơn chừng ấy, trên thang 1 đến 10.
roles-decision = Giá trị theo người quyết định, lợi ích − chi phí
roles-decision-reading = Giá trị của { $accounts } hộ hay công ty khi mỗi người được tính theo tiếng nói của mình; { $plain } khi ai cũng được tính như nhau.

# Mỗi vai trò thấy gì.
roles-everyone = Tất cả
roles-table = Thương hiệu của bạn trong mắt từng vai trò
roles-table-reading = Lợi ích và chi phí trên thang 10, kèm khoảng tin cậy. Người giữ nhiều vai trò có mặt trong từng vai trò. Dòng ghi “ít người” có dưới { $small } người trả lời, có thể sai lệch nhiều.
roles-column-role = Vai trò
roles-column-respondents = Số người trả lời
roles-column-accounts = Hộ, công ty
roles-chart = Lợi ích − chi phí theo vai trò
roles-chart-reading = Càng cao càng được lợi. Trong cùng một hộ hay công ty, chênh lệch có thể chắc chắn dù các khoảng này chồng lên nhau: xem phần chênh lệch bên dưới.

# Chênh lệch.
roles-gaps = Chênh lệch giữa các vai trò
roles-gaps-about = Hai vai trò, do những người khác nhau giữ, thấy khác nhau ở đâu
roles-gaps-table = Chênh lệch, chắc chắn nhất trước
roles-gaps-table-reading = Vai trò trước trừ vai trò sau, lợi ích − chi phí theo điểm: dưới 0 là vai trò trước chịu thiệt hơn. Khi so trong cùng hộ hay công ty, những gì cả nơi đó cùng có sẽ triệt tiêu; cách so này được dùng khi có từ 20 nơi mà cả hai vai trò đều trả lời. Cột cuối nêu các khía cạnh có chênh lệch khó là ngẫu nhiên: chi phí nhiều hơn là kém hơn, lợi ích nhiều hơn là tốt hơn.
roles-column-pair = Vai trò
roles-column-basis = So sánh
roles-column-gap = Chênh lệch
roles-column-smallest = Nhỏ nhất nhận ra được
roles-column-dimensions = Khía cạnh khác nhau
roles-pair = { $role } – { $other }
roles-basis-within-accounts = trong cùng hộ, công ty
roles-basis-whole-survey = toàn bộ khảo sát
roles-dimensions = Điểm trung bình theo vai trò
roles-dimensions-reading = Trên thang 10: với lợi ích, 10 là nhiều lợi ích nhất; với chi phí, 10 là phải bỏ ra nhiều nhất. Đây là trung bình của toàn bộ khảo sát.

# Ai quyết định.
roles-decides = Ai quyết định
roles-decides-about = Ai có tiếng nói trong hộ hay công ty, và ai giữ nhiều vai trò
roles-say = Tỷ lệ tiếng nói theo vai trò
roles-say-reading = Trung bình trên { $accounts } hộ hay công ty: tỷ lệ của từng vai trò trong quyết định của nơi đó (bảng roles, cột weight).
roles-column-say = Tỷ lệ tiếng nói
roles-column-people = Số người
roles-held = Ai giữ nhiều vai trò
roles-held-reading = Nói với vai trò này thì vai trò kia cũng đã nghe.
roles-column-held = Các vai trò
roles-column-share = Tỷ lệ số người
roles-decision-table = Hộ và công ty thấy gì, theo người có tiếng nói
roles-decision-table-reading = { $accounts } hộ hay công ty có từ hai người trả lời. Nếu dòng “theo tiếng nói” thấp hơn, người quyết định đang chịu thiệt hơn những người khác.
roles-by-say = Theo tiếng nói (giá trị theo người quyết định)
roles-plain = Ai cũng như nhau
roles-say-less-plain = Theo tiếng nói so với như nhau

# Lời khuyên.
roles-act-cost = Làm cho { $dimension } nhẹ hơn đối với { $role }
roles-act-benefit = Mang lại nhiều { $dimension } hơn cho { $role }
roles-whom = { $role } trong mỗi hộ hay công ty
roles-whom-say = { $role } trong mỗi hộ hay công ty, có { $share } tiếng nói
roles-evidence-cost = { $where }, { $role } thấy { $dimension } nặng hơn so với { $other }, chênh { $points }.
roles-evidence-benefit = { $where }, { $role } nhận được ít { $dimension } hơn so với { $other }, chênh { $points }.
roles-rule = Trong mọi chênh lệch giữa hai vai trò ở một khía cạnh mà khó là ngẫu nhiên (trung bình nhiều nhất 5 trên 100 là không có thật), chọn chênh lệch có khoảng tin cậy cách xa 0 nhất.

# Còn thiếu gì.
roles-wanted-role = Vai trò của từng người trả lời: mua, trả tiền, dùng hay quyết định
roles-wanted-role-why = Khi đó mới biết người trả tiền có thấy điều người dùng thấy hay không.
roles-wanted-role-how = Hỏi ngay trong khảo sát (cột role của survey_answers), hoặc nhập danh sách ai giữ vai trò nào ở đâu (bảng roles).
roles-wanted-say = Ai giữ vai trò nào trong hộ hay công ty nào, và tiếng nói bao nhiêu
roles-wanted-say-why = Khi đó đo được chênh lệch trong cùng một nơi, và tính giá trị theo người quyết định.
roles-wanted-say-how = Nhập danh sách có account_id, customer_id, role và weight (bảng roles).

# Ghi chú.
roles-note-weights = Đo theo mức độ quan trọng của toàn bộ khảo sát. Vai trò là vai trò mà người trả lời nêu, nếu không nêu thì theo bảng roles vào ngày trả lời.
roles-note-discoveries = Trong các chênh lệch được ghi là khác biệt, trung bình nhiều nhất 5 trên 100 là không có thật. Hai cách so được tính riêng.
roles-note-several = Có người giữ nhiều vai trò: chênh lệch của các vai trò ấy với một vai trò thứ ba là chênh lệch của cùng những người đó.
roles-note-smallest = Nếu { $respondents } người trả lời gồm một nửa vai trò này, một nửa vai trò kia, chênh lệch { $points } giữa hai bên sẽ được nhận ra 8 lần trong 10.
roles-note-equal-say = Ở { $accounts } hộ hay công ty không ai được ghi tiếng nói: mọi người ở đó được coi như nhau.
roles-note-without = Có { $count } người trả lời không rõ vai trò.
roles-note-others = Vai trò của ít người, không xét riêng: { $roles }.
