## Lượt mua có đúng mức dự kiến không: trang của `alerts`.

alerts-title = Lượt mua có đúng mức dự kiến không?
alerts-about = Lượt mua có đúng mức dự kiến không, và lệch ở đâu?
alerts-asks = Lượt mua có đúng mức dự kiến không?
alerts-too-short = Mới quan sát được { $observed } ngày; cần { $needed } ngày để biết thế nào là bình thường trong { $days } ngày.
alerts-too-few = Trước những ngày này quá ít khách quay lại để ước lượng mô hình.
alerts-says-whole = Trong { $days } ngày đến { $until }, khách đã biết từ trước mua { $actual } lượt, trong khi mức dự kiến là { $expected }.
alerts-says-in-order = Không có gì nổi bật: trong { $compared } mục được so sánh, không mục nào lệch hơn mức ngẫu nhiên.
alerts-says-out-of-order = { $alerts } trong { $compared } mục được so sánh lệch bất thường: { $units }{ $more ->
    [0] .
   *[other] ; và { $more } mục nữa.
}
alerts-urgent = Lượt mua lệch khỏi mức dự kiến: { $units }{ $more ->
    [0] .
   *[other] ; và { $more } mục nữa.
}
alerts-named = { $unit } { $change } từ { $since }

alerts-unit-whole = mọi khách đã biết
alerts-unit-new-customers = khách mới
alerts-unit-cohort = khách từ { $name }
alerts-unit-store = cửa hàng { $name }
alerts-unit-channel = kênh { $name }
alerts-unit-region = vùng { $name }

alerts-column-unit = Mục
alerts-column-customers = Khách hàng
alerts-column-expected = Dự kiến
alerts-column-actual = Thực tế
alerts-column-change = So với dự kiến
alerts-column-since = Từ ngày
alerts-column-money = Tiền thiếu
alerts-column-verdict = Nhận định

alerts-left = Còn { $left } mục nữa trong JSON và trong --out.

alerts-table = Lệch bất thường
alerts-table-reading = Lượt mua trong kỳ, mục chắc chắn nhất đứng trước. Từ ngày: kỳ đầu tiên trong chuỗi kỳ liền nhau nằm ngoài dải. Tiền thiếu: số lượt mua thiếu nhân với số tiền ròng trung bình mỗi lượt của các khách này; dưới không là tiền dôi ra. Đây không phải là số tiền sẽ thu được nếu hành động. Trong các cảnh báo này, trung bình nhiều nhất { $rate } là báo nhầm. Các phần chồng lên nhau: điều bất thường ở dòng đầu cũng hiện ra ở các dòng khác.

alerts-control = Lượt mua của { $unit }
alerts-control-reading = Theo từng kỳ { $days } ngày. Dải màu là nơi { $level } số kỳ nằm trong khi mọi thứ bình thường; mỗi kỳ chỉ được xét theo các kỳ trước nó.
alerts-control-x = Kỳ đến ngày
alerts-purchases = Lượt mua
alerts-expected = dự kiến
alerts-happened = thực tế

alerts-ratios = Thực tế so với dự kiến
alerts-ratios-reading = Các mục lệch bất thường trước, rồi đến các mục lớn nhất. Khoảng không chứa 1 là nằm ngoài dải; một mục như thế trong nhiều mục là ngẫu nhiên.
alerts-ratio = Thực tế trên dự kiến
alerts-as-expected = đúng dự kiến

alerts-others = Những mục khác được theo dõi
alerts-others-reading = Mọi khách đã biết và khách mới, rồi đến các phần lớn nhất.
alerts-verdict-in-order = bình thường
alerts-verdict-coarse = bình thường, trong chừng mực số lượt ít ỏi này cho biết: giảm một nửa chỉ thấy được khi dự kiến từ { $needed } lượt trở lên
alerts-verdict-too-small = quá nhỏ để biết: giảm một nửa chỉ thấy được khi dự kiến từ { $needed } lượt trở lên
alerts-verdict-too-new = quá mới để biết thế nào là bình thường

alerts-note-usual = Mức dự kiến là dự báo của { $model } từ những gì đã biết trước kỳ, nhân với tỷ lệ mà dự báo cho chính các khách ấy thường đạt trong tối đa sáu kỳ trước. Vì vậy mô hình sai về một cửa hàng không thành cảnh báo; cửa hàng thay đổi thì có.
alerts-note-people = Các phần gồm con người, không phải địa điểm: cửa hàng và kênh nơi khách đã mua nhiều ngày nhất, quý mua lần đầu, vùng khách sống. Lượt mua của họ được tính dù mua ở đâu. Lượt mua của khách mới trong kỳ đứng ở dòng riêng.
alerts-note-rate = Mọi phần được so sánh cùng lúc, nên khi mọi thứ bình thường, xác suất có cảnh báo nhiều nhất là { $rate }.
alerts-note-calendar = Thời gian được đo theo lịch ([calendar] trong worth.toml), ở mọi kỳ như đã biết trước kỳ cuối: dịp lễ đã gặp hai lần thì được dự kiến, và phần chưa biết về nó làm khoảng rộng thêm. Điều gì kéo dài sáu kỳ được coi là bình thường và không còn là cảnh báo.
alerts-note-calendar-unknown = worth.toml có lịch, nhưng chưa phân biệt được ngày đông với ngày vắng (lifetime nói vì sao): những ngày trước Tết nổi bật ở mọi nơi cùng lúc. Điều gì kéo dài sáu kỳ được coi là bình thường và không còn là cảnh báo.
alerts-note-season = Dự báo không biết đến mùa vụ hay khuyến mãi khi worth.toml chưa có [calendar]: những ngày trước Tết nổi bật ở mọi nơi cùng lúc. Điều gì kéo dài sáu kỳ được coi là bình thường và không còn là cảnh báo.
