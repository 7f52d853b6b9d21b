"""What was done about KPIs that lag, praise, and talks through the year. Data only; people write in Vietnamese."""

from dataclasses import dataclass

from .cards import CONVERSION, REVENUE


@dataclass(frozen=True)
class Step:
    """An action on a KPI.

    :param author: key of who opened it
    :param about: key of a person, or of a department
    :param months: months back from the current one; of several the one in which the KPI did worst
    :param days: until the deadline, from the end of that month on; from today on where it is open
    :param result: what came of it; done when given
    """

    author: str
    about: str
    code: str
    months: tuple
    kind: str
    cause: str
    name: str
    note: str
    responsible: str
    days: int
    result: str = ""
    dropped: bool = False


STEPS = (
    Step(
        "ha",
        "huy",
        REVENUE,
        (-5, -4),
        "action",
        "people",
        "Đi gặp khách cùng Huy mỗi sáng thứ ba",
        "Huy mới vào nghề, báo giá đúng nhưng ngại gọi lại lần hai.",
        "ha",
        24,
        "Đi cùng bốn lần; từ lần thứ ba Huy tự chốt.",
    ),
    Step(
        "ha",
        "tuan",
        CONVERSION,
        (-6, -5, -4),
        "training",
        "people",
        "Khóa học đàm phán hai ngày",
        "Nhiều cơ hội mất ở bước thương lượng giá.",
        "tuan",
        26,
        "Đã học xong, chia sẻ lại cho cả nhóm trong buổi họp thứ hai.",
    ),
    Step(
        "thang",
        "production",
        "MRP_DEFECT_RATE",
        (-6, -5, -4),
        "action",
        "tools",
        "Thay lưỡi cưa bàn trượt và đo lại mỗi đầu ca",
        "Vết mẻ cạnh chiếm hơn nửa số hàng hỏng.",
        "thang",
        20,
        "Đã thay cả ba máy, có phiếu đo treo tại chỗ.",
    ),
    Step(
        "thao",
        "marketing",
        "MKT_LEADS",
        (-5, -4, -3),
        "action",
        "process",
        "Rút biểu mẫu liên hệ từ chín ô xuống bốn",
        "Bảy trên mười người bỏ giữa chừng khi điền biểu mẫu.",
        "vy",
        15,
        "Đưa lên trang web, tỷ lệ điền xong tăng gấp rưỡi.",
    ),
    Step(
        "thao",
        "marketing",
        "MKT_CTR",
        (-4, -3),
        "action",
        "market",
        "Thuê công ty ngoài chạy quảng cáo",
        "Giá quảng cáo tăng trong mùa cao điểm.",
        "long",
        20,
        dropped=True,
    ),
    Step(
        "viet",
        "projects",
        "PRJ_ON_TIME",
        (-4, -3, -2),
        "action",
        "process",
        "Chốt bản vẽ với xưởng trước khi nhận lịch",
        "Ba công trường trễ vì sửa bản vẽ sau khi đã cắt gỗ.",
        "dang",
        22,
        "Quy trình một trang, áp dụng cho mọi công trường mới.",
    ),
    Step(
        "hang",
        "accounting",
        "ACC_INVOICE_DAYS",
        (-2, -1),
        "action",
        "process",
        "Xuất hóa đơn ngay khi kho xác nhận giao hàng",
        "Chứng từ giao hàng về phòng chậm hai ngày.",
        "trang",
        9,
    ),
    Step(
        "nam",
        "phong",
        REVENUE,
        (-2, -1),
        "action",
        "people",
        "Danh sách 20 khách hàng cần gọi mỗi tuần",
        "Đang chờ khách tự tìm đến.",
        "phong",
        12,
    ),
    Step(
        "nam",
        "mai",
        CONVERSION,
        (-1,),
        "training",
        "people",
        "Xem lại năm cơ hội đã mất cùng quản lý",
        "Chốt 20 % trong khi nhóm đạt 25 %.",
        "mai",
        16,
    ),
)
# From the talk about the closed half-year: person: (kind, what, days from today).
FROM_REVIEW = {
    "khoa": ("training", "Khóa quản lý công trường, chứng chỉ chỉ huy trưởng", 28),
    "trang": ("training", "Lớp hóa đơn điện tử điều chỉnh, thứ bảy hằng tuần", 35),
}

# sender, person, KPI (None: for anything), days ago, words, badge
KUDOS = (
    ("nam", "ngan", REVENUE, 140, "Chốt cả chuỗi quán cà phê, quá giỏi!", "badge_good_job"),
    ("hung", "ha", REVENUE, 112, "Cả văn phòng Hà Nội vượt kế hoạch, cảm ơn em.", "badge_good_job"),
    ("ha", "ducanh", REVENUE, 80, "Giữ được khách dù bên kia rẻ hơn 10 %.", "badge_problem_solver"),
    ("mai", "bao", None, 62, "Cảm ơn anh đã trực phòng trưng bày thay em hôm con em sốt.", None),
    ("viet", "thang", None, 47, "Xưởng giao đúng hẹn cả mười bộ bàn cho công trường trường học.", "badge_good_job"),
    ("thao", "vy", "MKT_ENGAGEMENTS", 36, "Chuỗi video xưởng mộc rất có hồn.", "badge_idea"),
    ("hang", "tai", None, 21, "Khóa sổ sớm một ngày, cả phòng nhẹ nhõm.", None),
    ("tram", "mai", None, 12, "Chị Mai chỉ em cách báo giá gói văn phòng, khách gật ngay.", "badge_good_job"),
    ("minh", "viet", None, 5, "Khách hàng trường học gọi điện khen đội dự án.", "badge_problem_solver"),
)

# manager, person, days ago, days until the next, topics, notes, private note of the manager, of the person
TALKS = (
    (
        "nam",
        "mai",
        75,
        35,
        "Khách hàng lâu không mua; lịch trực phòng trưng bày.",
        "Mai lập danh sách mười khách cũ, gọi trước ngày 10. Đổi lịch trực sang thứ năm.",
        "Mai đang cân nhắc học thêm buổi tối, tránh giao việc sau 17 giờ.",
        "Hỏi anh Nam về lộ trình lên trưởng nhóm.",
    ),
    (
        "nam",
        "mai",
        40,
        35,
        "Kết quả gọi mười khách cũ.",
        "Ba khách hẹn gặp, một đơn đã ký. Chọn tiếp năm khách khối trường học.",
        "",
        "",
    ),
    ("nam", "mai", -5, None, "Chuẩn bị cho năm sau: khối trường học, lộ trình nghề nghiệp.", "", "", ""),
    (
        "ha",
        "huy",
        55,
        28,
        "Doanh số tháng trước, chuyện gia đình.",
        "Chị Hà đi cùng mỗi sáng thứ ba. Huy báo trước khi cần nghỉ.",
        "Con nhỏ hay ốm: xếp lịch linh hoạt.",
        "",
    ),
    (
        "viet",
        "khoa",
        48,
        30,
        "Muốn tự phụ trách một công trường.",
        "Khoa dẫn buổi họp giao ban từ tuần sau; đăng ký khóa chỉ huy trưởng.",
        "Cần thêm một lần va chạm với khách khó trước khi giao hẳn.",
        "",
    ),
    ("thao", "vy", 18, 30, "Ý tưởng video năm sau.", "Làm thử hai tập, ngân sách 15 triệu.", "", ""),
    (
        "minh",
        "viet",
        26,
        40,
        "Tuyển ba kỹ sư cho năm sau.",
        "Việt gửi kế hoạch nhân sự trước cuối tháng; anh Minh duyệt mức lương.",
        "",
        "Chưa chắc giữ được 95 %, xem lại sau quý đầu.",
    ),
)
