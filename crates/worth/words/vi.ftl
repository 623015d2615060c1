# Những gì dòng lệnh tự nói.

cli-init-done = đã tạo không gian làm việc { $folder }
cli-init-next = tiếp theo: worth import -w { $folder } CÁC_TỆP…
cli-workspace-made = đã tạo không gian làm việc { $folder } ({ $currency }, { $timezone }; nếu không đúng hãy sửa worth.toml trong đó)
# Các giai đoạn của việc dài.
cli-stage-look = đang xem { $file }
cli-stage-profile = đang đọc kỹ { $file }
cli-stage-import = đang nhập { $file }
cli-stage-compact = đang gộp tệp
cli-stage-sample = đang rút mẫu hậu nghiệm
cli-stage-demo = đang tạo cửa hàng mẫu
cli-stage-rows = dòng
cli-interrupted = đã dừng; phần chưa xong không được ghi vào kho dữ liệu
cli-interrupted-advice = có thể chạy lại bất cứ lúc nào
cli-wrong-snapshot = “{ $given }” không phải số của bản chụp, cũng không phải thời điểm
cli-wrong-snapshot-advice = hãy đưa một số trong `worth snapshots`, hoặc thời điểm như 2025-06-30T12:00
cli-no-such-table = không có bảng “{ $table }”
cli-no-such-table-advice = `worth tables` liệt kê các bảng
cli-sql-wrong = không trả lời được truy vấn: { $problem }
cli-sql-wrong-advice = `worth tables` liệt kê bảng và cột
cli-sql-more = chỉ hiện { $rows } dòng đầu: dùng --json hoặc --out TỆP để lấy tất cả
cli-rows-written = đã ghi { $rows } dòng vào { $path }
cli-cannot-write = { $path }: không ghi được: { $problem }
cli-compacted = đã ghi lại { $replaced } tệp thành { $written }, xóa { $removed } tệp mà không bản chụp nào cần
cli-compacted-in-use = đang có người khác dùng kho dữ liệu nên chưa xóa tệp nào: hãy chạy lại sau

cli-preview = { $files } là nguồn “{ $source }”
cli-preview-recognised = { $files } là nguồn “{ $source }”, nhận ra là { $recognised }
cli-preview-known = { $files } là nguồn “{ $source }”, đọc theo worth.toml
cli-preview-from = lấy từ
cli-preview-rejected = không hiểu dòng { $row }: { $reasons }
cli-import-confirm = Nhập như thế này?
cli-import-declined = chưa nhập gì
cli-import-declined-advice = hãy cho biết điều cần đổi bằng --set, --dates, --decimal, hoặc trong worth.toml
cli-import-circles = các câu hỏi cứ lặp lại; chưa nhập gì
cli-import-circles-advice = hãy trả lời trong worth.toml
cli-import-ambiguous = chỉ bạn mới biết điều này; chưa nhập gì:
    { $questions }
cli-import-ambiguous-advice = hãy trả lời bằng các tùy chọn này, hoặc chạy trong cửa sổ lệnh để được hỏi
cli-import-done = đã vào kho dữ liệu, bản chụp { $snapshot }
cli-import-dry = chạy thử: không ghi gì
cli-import-rejects = { $rows } dòng không được nhận: `worth rejects` cho biết ở đâu và vì sao
cli-people = { $source }: người: khớp { $matched } khách hàng, { $ambiguous } không rõ ràng, { $unmatched } không tìm thấy, { $unnamed } không có thông tin
cli-people-later = { $source }: { $people } người trước đây không tìm thấy nay đã khớp với khách hàng
cli-no-rejects = không có dòng nào bị từ chối
cli-rejects-more = còn { $rows } dòng nữa: dùng --limit hoặc --out TỆP để xem

cli-source = nguồn
cli-table = bảng
cli-a-row-is = mỗi dòng là
cli-column = cột
cli-type = kiểu
cli-unit = đơn vị
cli-meaning = ý nghĩa
cli-snapshot = bản chụp
cli-taken-at = lúc
cli-message = việc đã làm
cli-read = đã đọc
cli-accepted = nhận
cli-replaced = thay
cli-skipped = bỏ qua
cli-rejected = từ chối
cli-anonymous = ẩn danh
cli-rows = số dòng
cli-where = ở đâu
cli-why = vì sao
cli-raw = dòng gốc

cli-survey-introduction = Chỉ mất vài phút. Không có câu trả lời đúng hay sai: điều quan trọng là anh/chị nghĩ gì.
cli-survey-script = Tạo phiếu hỏi này trong Google Forms: mở script.google.com, dán toàn bộ nội dung này, chạy makeSurvey rồi xem đường dẫn trong nhật ký. linkFor("C1042") cho đường dẫn của một khách hàng, đã điền sẵn mã.
cli-survey-mapping = Đọc lại các câu trả lời; dán vào worth.toml. `dates` là thứ tự ngày và tháng trong bảng của bạn: dmy hoặc mdy.
cli-survey-next = Hãy hỏi khách hàng rồi nhập câu trả lời: worth import -w THƯ_MỤC cau-tra-loi.xlsx
cli-demo-making = đang tạo một chuỗi cửa hàng với { $customers } khách hàng trong { $folder }
cli-demo-occupied = { $folder } không trống và không phải bản demo cũ
cli-demo-occupied-advice = hãy chọn thư mục khác: worth demo THƯ_MỤC
cli-demo-next = Mở báo cáo bằng trình duyệt. Rồi xem kỹ hơn:
    { "  " }worth lifetime -w { $folder }
    { "  " }worth perceived -w { $folder }
    { "  " }worth sql -w { $folder } "select region, count(*) from customers group by 1"
    { "  " }worth rejects -w { $folder }
    Sự thật về doanh nghiệp này nằm trong { $folder }/truth.json: hãy xem Worth tìm thấy gì.
    Với tệp của bạn: worth report don_hang.xlsx khao_sat.xlsx
