# Điều gì đã sai: mỗi mã lỗi một câu, với các trường của lỗi.
error-nothing-there = “{ $question }” cần bảng { $table }, nhưng trong phạm vi này bảng không có dòng nào: hãy nhập { $table }, hoặc mở rộng phạm vi
error-too-few = “{ $question }” cần ít nhất { $needed } { $what ->
    [customers] khách hàng
    [respondents] người trả lời
   *[purchases] lần mua
}, nhưng phạm vi này chỉ có { $found }
error-unknown-question = không có câu hỏi “{ $name }”; hiện có: { $known }
error-parameters = tham số của “{ $question }” không hợp lệ: { $problem }
error-out-of-range = “{ $parameter }” là { $given }; phải từ { $low } đến { $high }
error-not-a-choice = “{ $parameter }” là “{ $given }”; phải là một trong: { $choices }
error-no-customer = không có gì về khách hàng “{ $customer }” trong kỳ này; mã là của cột customer_id
error-period-turned = kỳ bắt đầu ngày { $from } và kết thúc ngày { $until }: ngày bắt đầu không được sau ngày kết thúc
error-day-outside = “{ $parameter }” là { $given }; phải từ { $from } đến { $until }, những ngày được quan sát
error-needs-orders = “{ $parameter }” cần đơn hàng có ngày, mà bảng tóm tắt khách hàng không có; hãy bỏ tham số này, hoặc nhập đơn hàng
error-not-together = không thể dùng “{ $parameter }” cùng với “{ $other }”: hãy bỏ một trong hai
error-not-alone = “{ $parameter }” không có nghĩa nếu thiếu “{ $other }”: hãy cho cả hai
error-no-column = { $path }: không có cột { $column }; các cột là: { $found }
error-ambiguous-numbers = { $path }, cột { $column }: { $example } có thể đọc theo hai cách; hãy cho biết bằng --decimal point hoặc comma
error-lake = { $problem }
error-engine = bộ máy truy vấn gặp lỗi khi { $doing }: { $problem }
error-cancelled = đã hủy; không ghi gì cả
error-no-rows = “{ $question }” không có dòng nào để ghi: hãy bỏ --out, hoặc lấy JSON bằng --json
error-unknown-ending = { $path }: đuôi tệp không cho biết định dạng: hãy dùng .csv, .xlsx hoặc .parquet
error-too-many-rows = { $path }: một bảng tính chứa tối đa { $limit } dòng, mà ở đây nhiều hơn: hãy ghi ra .csv hoặc .parquet
error-write = { $path }: không ghi được: { $problem }
error-spreadsheet = { $path }: không ghi được: { $problem }
