## Dữ liệu cho phép những tham số nào: trang của `posterior`.

posterior-title = Dữ liệu cho phép những tham số nào
posterior-about = Dữ liệu cho phép những tham số nào? Các mẫu rút từ phân phối hậu nghiệm (--out draws.parquet)
posterior-asks = Dữ liệu cho phép những tham số nào?

posterior-converged = { $model }: { $draws } mẫu của { $chains } chuỗi cho cùng một kết quả, và dữ liệu xác định rõ mọi tham số.
posterior-prior-decides = { $model }: { $draws } mẫu của { $chains } chuỗi dùng được, nhưng { $parameters } chủ yếu do phân phối tiên nghiệm quyết định; dữ liệu hầu như không thu hẹp được. Những gì suy ra từ đó có một nửa là giả định.
posterior-not-mixed = { $model }: { $draws } mẫu của { $chains } chuỗi còn quá ít, hoặc mỗi chuỗi nói một khác, với { $parameters }. Khoảng { $needed } mẫu mỗi chuỗi là đủ (--draws { $flag }).
posterior-divergent = { $model }: { $share } đường đi tới { $draws } mẫu của { $chains } chuỗi không theo được đến cùng, nên có thể thiếu một phần những gì có thể xảy ra. Hãy đi bước nhỏ hơn (--acceptance 0.95).
posterior-failed = { $model }: { $broken } trong { $chains } chuỗi bị đứt ({ $reason }), nên không dựa được vào { $draws } mẫu này.
posterior-agree = Với tất cả khách hàng gộp lại, hậu nghiệm và hợp lý cực đại nói như nhau.
posterior-disagree = Với tất cả khách hàng gộp lại, hậu nghiệm và hợp lý cực đại nói khác nhau: khi có ít khách hàng hãy theo hậu nghiệm, và đọc bên dưới xem điều gì chưa xác định rõ.

posterior-alive = Khách hàng có thể còn mua
posterior-purchases = Số lần mua kỳ vọng, { $days } ngày tới
posterior-value = Tổng giá trị vòng đời khách hàng, { $days } ngày tới
posterior-revenue = Doanh thu kỳ vọng, { $days } ngày tới
posterior-figure-reading = Theo hợp lý cực đại: { $likelihood }.

posterior-totals = Tất cả khách hàng gộp lại, theo hai cách
posterior-totals-reading = Của { $customers } khách hàng hiện có. Hậu nghiệm lấy trung bình trên mọi điều có thể đúng; hợp lý cực đại lấy một bộ tham số tốt nhất, khoảng tin cậy tính từ việc các bộ khác kém đi nhanh đến đâu. Cả hai khoảng đều gồm cả ngẫu nhiên.
posterior-column-total = Con số
posterior-column-posterior = Hậu nghiệm
posterior-column-likelihood = Hợp lý cực đại
posterior-column-apart = Chênh lệch

posterior-section-parameters = Từng tham số
posterior-section-parameters-about = Trước khi có dữ liệu coi điều gì là có thể, và dữ liệu để lại những gì.
posterior-parameters = Tham số của { $model }
posterior-parameters-reading = Đơn vị thời gian là { $unit }. Thu hẹp: dữ liệu đã bớt đi bao nhiêu phần phương sai của tiên nghiệm, trên thang logarit; 100% = dữ liệu xác định rõ, 0% = chỉ biết những gì tiên nghiệm nói.
posterior-spend-reading = γ là một số tiền, p và q là tham số hình dạng. Thu hẹp: như trên.
posterior-column-parameter = Tham số
posterior-column-median = Trung vị của các mẫu
posterior-column-mean = Trung bình
posterior-column-prior = Tiên nghiệm
posterior-column-narrowed = Thu hẹp
posterior-density = Tham số của { $model } có thể cách trung vị bao xa
posterior-density-reading = Mật độ của từng tham số chia cho trung vị của nó. Cao và hẹp quanh 1: dữ liệu xác định rõ. Đuôi dài về bên phải: có thể lớn hơn nhiều.
posterior-density-x = Gấp mấy lần trung vị
posterior-density-y = Mật độ

posterior-section-trust = Có nên tin các mẫu này không
posterior-section-trust-about = Các chuỗi xuất phát cách xa nhau phải đi đến cùng một kết quả.
posterior-chains = Các chuỗi nói gì
posterior-chains-reading = R-hat: mọi mẫu gộp lại tản rộng hơn các mẫu của một chuỗi bao nhiêu; đến 1,01 là tốt. Mẫu trong một chuỗi giống nhau: hai cột sau là số mẫu độc lập cho biết phần giữa, và hai đầu khoảng tin cậy 90%, chính xác như vậy; mỗi chuỗi cần 100.
posterior-column-r-hat = R-hat
posterior-column-bulk = Số mẫu cho phần giữa
posterior-column-tail = Số mẫu cho hai đầu
posterior-divergences = { $divergences ->
    [0] Mọi đường đi đều theo được đến cùng.
   *[other] { $divergences } đường đi không theo được đến cùng.
}
posterior-note-k = k = { $k } được chọn như khi ước lượng và coi là cho trước: các mẫu không thay đổi nó.
posterior-note-rows = Lấy các mẫu: --out draws.parquet (hoặc .csv, .xlsx), mỗi mẫu một dòng với mọi tham số. Bất cứ con số nào tính cho từng dòng đều có ngay khoảng tin cậy.
