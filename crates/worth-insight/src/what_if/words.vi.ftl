# what-if: thay đổi lợi ích, chi phí và giá sẽ mang lại gì.
what-if-title = Nếu thay đổi thì sao
what-if-about = Nâng một lợi ích, giảm một chi phí hay đổi giá, của bạn hoặc của đối thủ, sẽ mang lại gì
what-if-asks = Làm gì thì có ích nhất?

what-if-points-more = { $name } +{ $size }
what-if-points-less = { $name } −{ $size }
what-if-percent-more = { $name } +{ $size }
what-if-percent-less = { $name } −{ $size }

what-if-says-best-buys-again = { $changes }: trong một trăm khách của { $brand }, { $direction ->
    [fewer] bớt
   *[more] thêm
} { $effect } người sẽ mua lại trong { $days } ngày.
what-if-says-best-intention = { $changes }: khách của { $brand } sẽ chấm khả năng mua lại cao hơn { $effect } điểm. Đó là ý định; họ sẽ làm gì thì chưa thể nói.
what-if-says-best-share = { $changes }: { $direction ->
    [fewer] bớt
   *[more] thêm
} { $effect } người trên một trăm sẽ thấy { $brand } tốt nhất.
what-if-says-best-value = { $changes }: giá trị của { $brand } sẽ thay đổi { $effect } điểm. Khi đó khách sẽ làm gì thì chưa thể nói.
what-if-says-other-share = Nếu { $brand } thay đổi { $changes }, { $direction ->
    [fewer] bớt
   *[more] thêm
} { $effect } người trên một trăm sẽ thấy { $own } tốt nhất.
what-if-says-other-value = Nếu { $brand } thay đổi { $changes }, giá trị của họ sẽ thay đổi { $effect } điểm. Ảnh hưởng đến { $own } thì chưa thể nói.
what-if-says-cannot-tell-buys-again = Chưa thể nói thay đổi nào trong số này kéo khách của { $brand } quay lại; có khả năng nhất là { $changes }: { $direction ->
    [fewer] bớt
   *[more] thêm
} { $effect } người trên một trăm.
what-if-says-cannot-tell-intention = Chưa thể nói thay đổi nào trong số này khiến khách của { $brand } nói sẽ mua lại; có khả năng nhất là { $changes }: { $effect } điểm.
what-if-says-cannot-tell-share = Chưa thể nói thay đổi nào trong số này làm đổi lựa chọn; có khả năng nhất là { $changes }: { $direction ->
    [fewer] bớt
   *[more] thêm
} { $effect } người trên một trăm.
what-if-says-cannot-tell-value = Chưa thể nói { $changes } ảnh hưởng thế nào đến giá trị của { $brand }: { $effect } điểm.
what-if-says-as-good = Chưa phân biệt được với: { $changes }.
what-if-says-unknown = Chưa thể nói { $changes } có tác dụng gì: chưa biết một phần trăm giá là bao nhiêu điểm giá cảm nhận.
what-if-says-nobody = Chưa thể nói: chưa ai được hỏi { $brand } mang lại gì và lấy đi gì.

# Columns and figures.
what-if-change = Thay đổi
what-if-value = Lợi ích trừ chi phí
what-if-value-reading = Lợi ích trừ chi phí thay đổi chừng ấy điểm.
what-if-ratio = Lợi ích / chi phí
what-if-share = Tỷ lệ lựa chọn
what-if-share-reading = Thay đổi tỷ lệ người thấy thương hiệu của ta tốt nhất.
what-if-buys-again = Mua lại
what-if-buys-again-reading = Thay đổi tỷ lệ khách mua lại, theo những gì khách đã làm sau các lần trả lời trước.
what-if-habits-alike = … cùng thói quen
what-if-intention = Nói sẽ mua lại
what-if-intention-reading = Thay đổi khả năng mua lại mà khách tự chấm, thang 1 đến 10: một ý định.
what-if-brought = Mỗi thay đổi của { $brand } mang lại gì
what-if-brought-reading = Điểm của mọi người dịch chuyển chừng ấy, trong giới hạn thang điểm. Mỗi số là một thay đổi kèm khoảng tin cậy; khoảng chứa 0 thì chưa thể nói. Mua lại: tỷ lệ khách trong { $days } ngày.

what-if-money = Tính bằng tiền
what-if-money-reading = Doanh thu: mỗi khách trong { $days } ngày. Ngang giảm giá: mức giảm làm lợi ích trừ chi phí tăng bằng ấy, và mỗi năm tốn bao nhiêu nếu bán vẫn chừng ấy; thay đổi nào tốn hơn thế là cách đắt hơn để đạt cùng giá trị.
what-if-revenue = Doanh thu
what-if-equity = Tổng giá trị vòng đời khách hàng
what-if-cut-points = Ngang giá cảm nhận giảm
what-if-cut-percent = Ngang giảm giá
what-if-cut-cost = Giảm giá ấy tốn, mỗi năm

what-if-same = Điều gì khác cũng nâng giá trị bằng { $changes }
what-if-same-reading = Số điểm của từng lợi ích hay chi phí khác làm lợi ích trừ chi phí thay đổi bằng ấy, và tác dụng của chúng lên việc mua lại.
what-if-dimension = Khía cạnh
what-if-points = Điểm
what-if-scale = Còn chỗ
what-if-reach = trong thang điểm
what-if-no-reach = vượt thang điểm

what-if-market = Trên thị trường
what-if-market-about = Thương hiệu sẽ đứng ở đâu, và thương hiệu nào tốt nhất với bao nhiêu người
what-if-map = Vị trí của { $brand } trên bản đồ giá trị
what-if-map-reading = 1 = ngang các thương hiệu khác. Hạng 1 là tốt nhất, theo lợi ích / chi phí và theo lợi ích trừ chi phí.
what-if-now = hiện nay
what-if-rank-ratio = Hạng theo tỷ số
what-if-rank-difference = Hạng theo hiệu số
what-if-shares = Tỷ lệ lựa chọn
what-if-shares-reading-worth = Tỷ lệ người thấy từng thương hiệu đáng giá nhất so với chi phí bỏ ra, theo câu trả lời hiện nay và sau thay đổi.
what-if-shares-reading-repurchase = Tỷ lệ người nói sẽ mua từng thương hiệu nhiều khả năng nhất, theo câu trả lời hiện nay và sau thay đổi.

# Notes.
what-if-note-no-choice = Không nêu tỷ lệ lựa chọn, { $why }.
what-if-note-not-rated = Không nêu tỷ lệ lựa chọn: chưa ai nói hai thương hiệu có đáng giá không.
what-if-note-other-brand = Không biết khách của ta làm gì khi đối thủ thay đổi: chưa hỏi họ về đối thủ rồi theo dõi sau đó.
what-if-note-not-observed = Không nêu việc khách làm, { $why }.
what-if-note-not-asked = Không nêu việc khách nói sẽ làm, { $why }.
what-if-unseen = { $changes } ({ $smallest })
what-if-note-unseen = Về mua lại, các thay đổi này chưa phân biệt được với không có gì. Với số khách này, chỉ thấy được thay đổi từ bấy nhiêu người trên một trăm: { $unseen }.
what-if-note-no-exchange = Chưa biết một phần trăm giá là bao nhiêu điểm giá cảm nhận, nên thay đổi giá chỉ tính bằng điểm: { $why } Nếu bạn biết từ lần đổi giá trước, hãy đặt price_points_per_percent trong [value] của worth.toml; nếu không, hãy hỏi về giá trước và sau lần đổi giá tới.
what-if-note-exchange-asked = Một phần trăm giá được coi là { $points } điểm giá cảm nhận, theo yêu cầu. Số này không có khoảng tin cậy.
what-if-note-exchange-settings = Một phần trăm giá được coi là { $points } điểm giá cảm nhận, theo worth.toml. Số này không có khoảng tin cậy.
what-if-note-exchange-prices = Một phần trăm giá là { $points } điểm giá cảm nhận, theo lúc giá của ta và đối thủ thay đổi trong khi khách được hỏi (tính theo tháng của từng thương hiệu, giữ nguyên thương hiệu và thời gian). Sai số này không nằm trong khoảng tin cậy của các phần trăm.
what-if-exchange-cannot = về các tháng của từng thương hiệu có giá và câu trả lời, { $why }.
what-if-exchange-unsure = giá thay đổi trong khi khách được hỏi cho { $points } điểm, chưa phân biệt được với không có gì.
what-if-exchange-nothing = không có giá (bảng prices) trong những tháng khách được hỏi.
what-if-note-percent = Một phần trăm giá là { $money } mỗi năm, tính trên doanh số bán cho khách đã biết trong năm qua.
what-if-note-observed = Mua lại là việc khách đã làm trong { $days } ngày sau khi trả lời, mọi khía cạnh đã hỏi khách được xét cùng lúc. Điều cảm nhận lâu dài tạo nên thói quen, nên thói quen được phép thay đổi theo. "Cùng thói quen" so những khách trước đó mua bấy nhiêu lần, bấy nhiêu tiền và gần đây như nhau: cột này bỏ phần khía cạnh ấy đã làm cho thói quen, và cũng bỏ điều khiến một số khách vừa chấm cao vừa mua nhiều. Sự thật có lẽ nằm giữa hai cột.
what-if-note-intention = Điều người ta nói sẽ làm nhiều hơn điều họ làm: hãy đọc ý định như thứ tự, không như dự báo.
what-if-note-equity = Tổng giá trị vòng đời thay đổi chừng ấy nếu doanh thu giữ nguyên hệ số thay đổi của { $days } ngày đầu: một giả định.
what-if-note-choice = Thương hiệu tốt nhất trong khảo sát chưa chắc là thương hiệu được mua: gần, quen và có sẵn cũng quyết định.
what-if-note-not-cause = Đi cùng nhau chưa phải là nhân quả: hãy thử thay đổi với một số khách và so với những khách khác trước khi chi tiền.
what-if-note-scale-step = Quá ít người trả lời hai lần để biết câu trả lời nhiễu đến đâu. Chỉ loại phần do bước thang điểm: tác động thật có lẽ lớn hơn.
