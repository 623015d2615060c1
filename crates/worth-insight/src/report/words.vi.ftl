# Báo cáo: một tệp, trang đầu trả lời người quản lý.
report-kind = Báo cáo giá trị khách hàng hai chiều
report-title = { $business }: báo cáo giá trị khách hàng hai chiều
report-about = { $business } đáng giá thế nào với khách hàng, khách hàng đáng giá bao nhiêu với { $business }, và nên làm gì tiếp theo.
report-when = Dữ liệu đến hết { $until } · lập ngày { $made }
report-contents = Mục lục
report-do = Việc nên làm tuần tới
report-do-about = { $n ->
    [1] Việc
   *[other] { $n } việc
} đem lại hoặc giữ được nhiều tiền nhất, tính theo cận dưới của khoảng tin cậy. Việc có thể chẳng mang lại gì thì không nêu ở đây.
report-nothing-to-do = Không có: dữ liệu này chưa cho thấy việc nào chắc chắn đem lại hoặc giữ được tiền. Đó cũng là một câu trả lời; hãy xem lại khi có thêm dữ liệu.
report-no-answer = Chưa trả lời được: { $why }.
report-reading = Cách đọc trang này: sau mỗi con số là khoảng tin cậy của nó. “Khoảng tin cậy 90%” nghĩa là trong một trăm khoảng như vậy có khoảng chín mươi khoảng chứa con số thật. Nơi không có khoảng tin cậy thì có lý do thay vào.
report-made-by = Lập bằng Worth { $version }. Tệp này không chứa dữ liệu cá nhân và không tải gì từ nơi khác.
