"""What people at Sao Mai write about each other in a review. Data only; everybody writes in Vietnamese.

Most sentences leave out who is meant, so that the person, a colleague and the manager may all have written them.
"""

# What is done well, by department.
GOOD = {
    "sales": (
        "Nắm rõ từng khách hàng và gọi lại trước khi khách kịp hỏi.",
        "Báo giá nhanh, số liệu gọn, khách ít khi phải hỏi lại.",
        "Không bỏ cuộc với hợp đồng khó, theo khách đến cùng mà không làm phiền.",
        "Sẵn sàng đỡ đồng nghiệp lúc phòng trưng bày đông khách.",
        "Ghi chép trên hệ thống đầy đủ, người khác tiếp quản được ngay.",
        "Biết nói không với đơn hàng đòi giảm giá quá sâu.",
    ),
    "marketing": (
        "Ý tưởng lạ mà vẫn đúng chất Sao Mai.",
        "Đọc số liệu mỗi sáng và sửa chiến dịch ngay trong ngày.",
        "Làm việc với phòng Kinh doanh rất hợp: lead bàn giao kèm đủ thông tin.",
        "Viết ngắn, dễ hiểu, hình ảnh sạch.",
        "Luôn giao bài trước hạn để còn kịp góp ý.",
    ),
    "hr": (
        "Lắng nghe và giữ kín những gì được tâm sự.",
        "Hồ sơ đâu ra đó, hỏi là có.",
        "Chọn người rất trúng: thợ mới ở xưởng đều trụ lại.",
    ),
    "accounting": (
        "Số liệu chính xác, hiếm khi phải làm lại.",
        "Giải thích chứng từ dễ hiểu cho người không học kế toán.",
        "Khóa sổ đúng ngày dù cuối tháng dồn việc.",
        "Nhắc công nợ lịch sự mà hiệu quả.",
        "Chủ động báo khi thấy chi phí bất thường.",
    ),
    "production": (
        "Tay nghề chắc, mối ghép đẹp, ít phải sửa.",
        "Giữ chỗ làm gọn gàng, an toàn cho cả tổ.",
        "Chỉ việc cho thợ mới rất kiên nhẫn.",
        "Báo hỏng ngay khi thấy, không giấu.",
    ),
    "projects": (
        "Lường trước rủi ro và báo khách hàng từ sớm.",
        "Tiến độ lúc nào cũng cập nhật, không cần hỏi.",
        "Ở công trường bình tĩnh, giải quyết gọn việc phát sinh.",
        "Bản vẽ rõ ràng, xưởng làm theo được ngay.",
        "Khách hàng tin và gọi thẳng khi cần.",
    ),
    "technology": (
        "Sửa lỗi nhanh và nói rõ vì sao lỗi xảy ra.",
        "Hướng dẫn kiên nhẫn, ai hỏi cũng được giúp.",
        "Nghĩ cho người dùng trước khi nghĩ đến máy móc.",
    ),
    "board": (
        "Nói rõ công ty đi đâu và vì sao.",
        "Giữ lời hứa với nhân viên, kể cả lúc khó khăn.",
        "Dành thời gian xuống xưởng và phòng trưng bày.",
        "Quyết định nhanh, không để việc treo.",
    ),
}
# What could be better, by department.
BETTER = {
    "sales": (
        "Nên cập nhật cơ hội ngay trong ngày, đừng dồn đến cuối tuần.",
        "Trước khi hứa ngày giao hàng cần hỏi xưởng.",
        "Cần dành thời gian tìm khách hàng mới, đang dựa nhiều vào khách quen.",
        "Bàn giao cho phòng Dự án sớm hơn, kèm bản vẽ đã chốt.",
        "Chiết khấu nên có lý do rõ ràng để giữ biên lợi nhuận.",
        "Bình tĩnh hơn khi khách đổi ý phút chót.",
    ),
    "marketing": (
        "Chia sẻ kết quả chiến dịch cho cả phòng, không chỉ khi được hỏi.",
        "Nên thử kênh mới với ngân sách nhỏ trước.",
        "Kế hoạch bài đăng cần chốt sớm hơn một tuần.",
        "Đôi khi sửa quá nhiều lần những chi tiết nhỏ.",
        "Nói sớm khi quá tải, đừng để sát hạn.",
    ),
    "hr": (
        "Trả lời ứng viên nhanh hơn, có người chờ cả tuần.",
        "Thông báo thay đổi chính sách nên kèm ví dụ.",
        "Dành thêm thời gian cho thợ ở xưởng.",
    ),
    "accounting": (
        "Nên hỏi lại khi chưa rõ thay vì trả hồ sơ.",
        "Chuyển bớt việc nhập tay sang hệ thống.",
        "Gửi báo cáo nháp sớm hơn hai ngày để các phòng kịp xem.",
        "Cần học thêm về hóa đơn điện tử điều chỉnh.",
        "Chia việc cuối tháng đều hơn cho cả tổ.",
    ),
    "production": (
        "Cần ghi phiếu hao hụt ngay trong ca.",
        "Nên học thêm máy CNC để thay nhau được.",
        "Đeo kính bảo hộ cả khi việc gấp.",
        "Chuẩn bị vật tư cho ca sau trước khi về.",
    ),
    "projects": (
        "Biên bản họp công trường cần gửi trong ngày.",
        "Nên để kỹ sư trẻ tự trình bày với khách.",
        "Ghi giờ làm mỗi ngày, đừng nhớ lại cuối tuần.",
        "Báo phát sinh chi phí trước khi làm, không phải sau.",
        "Kiểm tra bản vẽ chéo với xưởng trước khi chốt.",
    ),
    "technology": (
        "Báo trước lịch bảo trì cho các phòng.",
        "Viết lại các bước đã làm để người khác thay được.",
        "Đặt thứ tự ưu tiên cùng các phòng mỗi tháng.",
    ),
    "board": (
        "Giao quyền nhiều hơn cho trưởng phòng.",
        "Họp ngắn lại, chốt việc cuối buổi.",
        "Nói lời khen thường xuyên hơn.",
        "Báo sớm hơn khi đổi thứ tự ưu tiên.",
    ),
}
# A word beside a rating, now and then.
COMMENTS = {
    "2": ("Phải nhắc nhiều lần.", "Chưa đều, tuần được tuần không."),
    "3": ("Ổn, đúng như mong đợi.", "Làm được, có thể chủ động hơn."),
    "4": ("Hơn mong đợi trong đợt cao điểm.", "Tin cậy được."),
    "5": ("Cả phòng học theo.", "Hiếm có."),
}
# What the managers promise in the talk.
SUPPORT = (
    "Quản lý gặp riêng 30 phút mỗi hai tuần.",
    "Quản lý bớt cho hai đầu việc hành chính trong quý tới.",
    "Công ty chi trả một khóa học trong kỳ.",
    "Quản lý cùng đi gặp ba khách hàng đầu tiên.",
    "Được dự họp kế hoạch của phòng hằng tháng.",
)
SUMMARY = (
    "<p>Hai bên đã trao đổi thẳng thắn và thống nhất:</p>"
    "<ul><li><b>Làm tốt:</b> {good}</li><li><b>Kỳ tới:</b> {better}</li><li><b>Hỗ trợ:</b> {support}</li></ul>"
)
# What people add to their signatures, where they do.
REMARKS = {
    "mai": "Em đồng ý. Mong được giao thêm khách hàng khối trường học.",
    "tuan": "Tôi chưa đồng ý về phần cập nhật hệ thống, nhưng sẽ cố gắng.",
    "khoa": "Cảm ơn anh Việt đã dành thời gian.",
}
