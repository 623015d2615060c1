# funnel: bao nhiêu người đi qua, và những người khác đi đâu.
funnel-title = Ai đi qua được
funnel-about = Phễu gồm các bước bất kỳ: bao nhiêu người đi qua, mất bao lâu, những người khác đi đâu, trước đó là gì
funnel-asks = Bao nhiêu người đi qua được, và những người khác đi đâu?
funnel-says = Trong { $journeys } hành trình đến { $first }, có { $reached } đến được { $last }: { $share }.
funnel-says-time = Một nửa trong số đó mất không quá { $median }.
funnel-says-lost = Mất nhiều nhất giữa { $from } và { $to }: { $lost } hành trình dừng lại; việc kế tiếp thường gặp nhất của họ: { $went }.

funnel-chart = Họ đi được đến đâu
funnel-chart-reading = Tỷ lệ trên các hành trình đã đến bước đầu.
funnel-step = Bước
funnel-journeys = Hành trình
funnel-of-previous = So với bước trước
funnel-of-first = So với bước đầu
funnel-since-previous = Từ bước trước (trung vị)
funnel-since-first = Từ bước đầu
funnel-lost = Dừng lại
funnel-got-to = Đến được
funnel-went = Rồi sang
funnel-of-lost = Trong số đó
funnel-before = Trước đó

funnel-table-steps = Từng bước
funnel-table-steps-reading = So với bước trước: với bước đầu là so với mọi hành trình.
funnel-table-went = Những người khác đi đâu
funnel-table-went-reading = Việc ngay sau đó của các hành trình dừng lại; (kết thúc): không còn gì nữa.
funnel-table-before = Trước đó là gì
funnel-table-before-reading = Ngay trước bước đầu; (bắt đầu): không có gì.

funnel-note-stages-of-settings = Chưa ai chọn bước: đây là các giai đoạn ở [journey] trong worth.toml. Chọn bước khác bằng --steps.
funnel-note-stages-as-met = Chưa ai chọn bước: đây là các giai đoạn, theo thứ tự thường gặp lần đầu. Chọn bước khác bằng --steps, hoặc đặt thứ tự bằng stages ở [journey] trong worth.toml.
funnel-note-most-taken = Chưa ai chọn bước và không biết giai đoạn nào: đây là các bước mà nhiều hành trình đi qua nhất, theo thứ tự thường gặp lần đầu. Chọn bước khác bằng --steps.
funnel-note-order = Mỗi bước phải đến sau bước trước; giữa chúng có thể có bước khác. Nếu một hành trình thử nhiều lần, lần đi xa nhất được tính.
funnel-note-within = Tất cả trong vòng { $within } kể từ bước đầu.
