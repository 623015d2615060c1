# Những gì kho dữ liệu nói; tiếng Anh nằm ngay trong worth-lake.
# "Điều gì sai; điều gì đúng" được hiện thành hai dòng.

lake-no-lake = { $path }: ở đây chưa có kho dữ liệu; hãy tạo bằng `worth init`
lake-exists = { $path }: ở đây đã có kho dữ liệu
lake-no-workspace = { $path }: ở đây không có worth.toml; hãy tạo không gian làm việc bằng `worth init`
lake-workspace-exists = { $path }: ở đây đã có worth.toml; hãy dùng không gian làm việc đó hoặc một thư mục khác
lake-file = { $path }: không đọc hoặc ghi được: { $problem }
lake-busy = { $path }: một tiến trình khác đã ghi suốt { $seconds } giây; hãy thử lại khi nó xong
lake-no-snapshot = không có bản chụp { $id }; kho dữ liệu có từ { $oldest } đến { $newest }
lake-no-snapshot-at = không có bản chụp nào lúc { $at }; bản chụp đầu tiên là lúc { $first }
lake-read-only = ở đây không được dùng { $statement }; truy vấn chỉ được đọc kho dữ liệu
lake-time-zone = không biết múi giờ “{ $name }”; hãy dùng tên như "Asia/Ho_Chi_Minh"
lake-time-zone-fixed = { $path }: timezone = "{ $timezone }", nhưng những ngày không có giờ đã được nhập theo "{ $imported }"; hãy đặt lại như cũ, hoặc nhập vào một không gian làm việc mới
lake-too-many-rejects = { $path }: { $rejected } trên { $read } dòng cho { $table } không nhận được, nhiều hơn tỷ lệ { $share } mà max_rejected cho phép, nên chưa nhập gì; đã thấy: { $seen }
lake-unrecognised = không nhận ra tệp { $path }: { $problem }

source-missing = { $path }: không có tệp này; hãy kiểm tra đường dẫn
source-folder = { $path }: đây là thư mục, không phải tệp; hãy nêu tên các tệp trong đó
source-not-regular = { $path }: đây không phải tệp thường; hãy lưu nó xuống đĩa trước
source-unreadable = { $path }: không đọc được: { $problem }
source-empty = { $path }: tệp rỗng; cần dòng tiêu đề và ít nhất một dòng dữ liệu
source-not-a-table = { $path }: đây không phải bảng dữ liệu ({ $what }); { $right }
source-encoding = { $path }, dòng { $line }: { $what } không thuộc bảng mã { $encoding }; hãy lưu tệp dạng UTF-8, hoặc nêu bảng mã (encoding = "windows-1258")
source-option = { $path }: { $option } = "{ $given }" không phù hợp; { $right }
source-too-long = { $path }, dòng { $line }: bản ghi bắt đầu ở đây dài hơn { $limit } byte; hãy kiểm tra dấu ngoặc kép và dấu phân cách
source-open-quote = { $path }, dòng { $line }: dấu ngoặc kép mở ở đây không được đóng; hãy đóng lại, hoặc viết hai lần ("") nếu nó thuộc nội dung
source-password = { $path }: bảng tính có mật khẩu; hãy lưu lại không có mật khẩu
source-broken = { $path }: tệp bị hỏng: { $problem }; hãy xuất hoặc chép lại
source-unsupported-type = { $path }, cột { $column }: không đọc được kiểu { $kind }; hãy đổi cột thành chữ, số hoặc thời gian
source-too-many-columns = { $path }: nhiều hơn { $limit } cột; mỗi dòng nên là một thứ, thuộc tính của nó là các cột
source-changed = { $path }: tệp đã thay đổi trong lúc đọc; hãy nhập lại

reason-required = { $column } để trống
reason-damaged = không tách được dòng: { $detail }
reason-no-partner = không có dòng nào của “{ $file }” ứng với { $key } { $value }
reason-conflict = một dòng khác trong tệp có cùng { $key } nhưng nội dung khác
reason-unknown-word = { $column } là “{ $value }”, không thuộc { $right }
reason-unknown-answer = câu trả lời “{ $value }” cho “{ $column }” không có chỗ trên thang điểm
reason-outside-scale = câu trả lời { $value } cho “{ $column }” nằm ngoài thang điểm { $least } đến { $most }
reason-outside-range = { $column } là { $value }; đúng ra phải là { $right }
reason-no-answer = người này không trả lời câu hỏi nào
reason-who = không có customer_id và cũng không có anonymous_id
reason-rating-or-text = không có điểm đánh giá và cũng không có nội dung
reason-not-json = { $column } không phải JSON: “{ $value }”
reason-expression = { $column }: { $detail }
reason-not-a-number = { $column }: không phải số ({ $detail })
reason-ambiguous-number = { $column }: số có thể hiểu hai cách ({ $detail })
reason-too-large = { $column }: số quá lớn ({ $detail })
reason-not-whole = { $column }: phải là số nguyên ({ $detail })
reason-percentage = { $column }: là tỷ lệ phần trăm ({ $detail })
reason-not-a-flag = { $column }: phải là có hoặc không ({ $detail })
reason-not-a-time = { $column }: không phải thời gian ({ $detail })
reason-no-such-time = { $column }: không có thời điểm này ({ $detail })
reason-clock-change = { $count } thời điểm trong { $column } rơi vào lúc đổi giờ: giờ bị nhảy qua được dời tới sau, giờ lặp lại lấy lần đầu
reason-dates-only = { $column } chỉ có ngày, không có giờ: mỗi ngày tính từ khoảnh khắc đầu tiên của ngày đó
reason-anonymous-id = “{ $value }” không phải một người ({ $why }): { $count } dòng thành ẩn danh
reason-words = { $column }: “{ $value }” được hiểu là { $word }
reason-reversed = “{ $column }” khen phần chi phí ({ $dimension }): điểm được tính ngược lại; nếu không đúng hãy sửa scale trong worth.toml
reason-file-unused = { $file } không dùng được cho bảng nào và đã bị bỏ qua
reason-orphans = { $count } dòng của “{ $file }” không ứng với dòng nào của “{ $driving }” và đã bị bỏ qua
reason-currency-assumed = không có cột nào nêu tiền tệ: lấy { $currency } trong worth.toml
reason-one-line-orders = không có cột nào nêu mã đơn: mỗi khách hàng và { $by } tính là một đơn
