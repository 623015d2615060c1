# Lỗi của kho dữ liệu; tiếng Anh nằm ngay trong worth-lake.
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
lake-catalog = { $path }: không đọc hoặc ghi được danh mục của kho dữ liệu: { $problem }
lake-config = { $path }: không hiểu được: { $problem }
lake-mapping = nguồn “{ $source }”, { $column }: ánh xạ không thực hiện được: { $problem }
lake-row = { $table }, dòng { $row }, cột “{ $column }”: không hợp lệ: { $problem }
lake-column = { $table }, cột “{ $column }”: không hợp lệ: { $problem }
lake-open-questions = còn { $questions } câu hỏi về các tệp; câu đầu tiên: { $first }
lake-engine = bộ máy truy vấn từ chối hoặc gặp lỗi: { $problem }
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

