# Những gì phần trình bày thêm vào một trang.
render-note-reading = Cách đọc
render-note-left-out = Không tính
render-note-uncertain = Chưa chắc chắn
render-note-missing = Còn thiếu
render-advice-whom = Cho ai
render-advice-evidence = Bằng chứng
render-advice-money = Tiền
render-advice-rule = Chọn theo quy tắc
render-wanted-title = Một dữ liệu nên thu thập tiếp theo
render-wanted-why = Sẽ cho biết
render-wanted-how = Cách làm
render-short-answers = Tóm tắt
render-series = Nhóm
render-label = Tên
render-further = Xem thêm: { $question }
render-show-numbers = Số liệu của biểu đồ này
render-corner = { $rows } ↓ { $columns } →
render-from-place = Từ
render-to-place = Đến
render-smaller-ways = { $count } nhánh nhỏ hơn không liệt kê ở đây.
render-marks = Nét đứt: { $marks }
render-bar-legend = Đậm đến cận dưới của khoảng tin cậy, nhạt hơn đến giá trị, nhạt nhất đến cận trên.
render-line-summary = { $begin }: { $first }; { $end }: { $last }. Thấp nhất { $low }, cao nhất { $high }
render-no-points = Không có gì để vẽ.
render-provenance = Các con số này từ đâu ra
render-from-rows = Dùng { $used } dòng, không tính { $left } dòng
render-from-until = Từ { $from } đến hết { $until }
render-from = Từ { $from }
render-until = Đến hết { $until }
render-made-with = Tiền tính bằng { $currency }; ngày theo múi giờ { $zone }; bản chụp dữ liệu { $snapshot }, hạt giống { $seed }, Worth { $version }
render-from-file = Từ tệp { $file }
render-made-without-lake = { $currency ->
    [XXX] Tiền không rõ đơn vị
   *[other] Tiền tính bằng { $currency }
}; hạt giống { $seed }, Worth { $version }
render-details = Chi tiết
render-more-rows = { $n } dòng nữa
render-skip = Đến phần nội dung
