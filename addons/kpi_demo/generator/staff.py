"""Who works at Sao Mai: departments, people and the year's comings and goings. Data only.

Dates are given as (months before the current one, day), so that the story stays the same next to any day.
"""

from dataclasses import dataclass

COMPANY = "Công ty Cổ phần Nội thất Sao Mai"

# key: English name, Vietnamese name, department above
DEPARTMENTS = {
    "board": ("Board of Directors", "Ban Giám đốc", None),
    "sales": ("Sales", "Phòng Kinh doanh", None),
    "sales_hn": ("Sales Hanoi", "Kinh doanh Hà Nội", "sales"),
    "sales_hcm": ("Sales Ho Chi Minh City", "Kinh doanh TP. Hồ Chí Minh", "sales"),
    "marketing": ("Marketing", "Phòng Marketing", None),
    "hr": ("Human Resources", "Phòng Nhân sự", None),
    "accounting": ("Accounting", "Phòng Kế toán", None),
    "production": ("Production", "Xưởng Sản xuất", None),
    "projects": ("Projects", "Phòng Dự án", None),
    "technology": ("Technology", "Phòng Công nghệ", None),
}

# key: English name, Vietnamese name
JOBS = {
    "director": ("General Director", "Tổng Giám đốc"),
    "sales_manager": ("Sales Manager", "Giám đốc Kinh doanh"),
    "sales_lead": ("Sales Team Leader", "Trưởng nhóm Kinh doanh"),
    "salesperson": ("Salesperson", "Nhân viên Kinh doanh"),
    "marketing_head": ("Head of Marketing", "Trưởng phòng Marketing"),
    "marketer": ("Marketing Specialist", "Chuyên viên Marketing"),
    "hr_head": ("Head of Human Resources", "Trưởng phòng Nhân sự"),
    "hr_staff": ("HR Specialist", "Chuyên viên Nhân sự"),
    "chief_accountant": ("Chief Accountant", "Kế toán trưởng"),
    "accountant": ("Accountant", "Kế toán viên"),
    "foreman": ("Workshop Foreman", "Quản đốc"),
    "carpenter": ("Carpenter", "Thợ mộc"),
    "project_head": ("Head of Projects", "Trưởng phòng Dự án"),
    "project_engineer": ("Project Engineer", "Kỹ sư Dự án"),
    "it_head": ("Head of Technology", "Trưởng phòng Công nghệ"),
    "it_staff": ("IT Specialist", "Chuyên viên Công nghệ"),
}


@dataclass(frozen=True)
class Person:
    """One employee.

    :param wage: monthly wage in million VND
    :param since: (months ago, day) of the first contract
    :param login: user name; None: no user, so works without Odoo
    :param roles: keys of `users.ROLES`; people with a role may log in with their login as password
    :param manager: key of the person above; the director where empty
    """

    key: str
    name: str
    department: str
    job: str
    wage: float
    since: tuple
    login: str | None = None
    roles: tuple = ()
    manager: str = "minh"


PEOPLE = (
    Person("minh", "Nguyễn Quang Minh", "board", "director", 80, (130, 2), "minh", ("director",), ""),
    Person("hung", "Trần Văn Hùng", "sales", "sales_manager", 45, (96, 1), "hung", ("sales_manager",)),
    # Hà Nội
    Person("ha", "Lê Thị Thu Hà", "sales_hn", "sales_lead", 28, (84, 4), "ha", ("sales_lead",), "hung"),
    Person("ducanh", "Phạm Đức Anh", "sales_hn", "salesperson", 15, (52, 15), "ducanh", (), "ha"),
    Person("anh", "Nguyễn Thị Ngọc Ánh", "sales_hn", "salesperson", 15, (40, 1), "anh", (), "ha"),
    Person("tuan", "Hoàng Minh Tuấn", "sales_hn", "salesperson", 14, (30, 10), "tuan", (), "ha"),
    Person("huy", "Bùi Quang Huy", "sales_hn", "salesperson", 13, (7, 10), "huy", (), "ha"),
    Person("luc", "Phan Văn Lực", "sales_hn", "salesperson", 14, (26, 1), "luc", (), "ha"),
    # TP. Hồ Chí Minh
    Person("nam", "Võ Hoàng Nam", "sales_hcm", "sales_lead", 28, (90, 1), "nam", ("sales_lead",), "hung"),
    Person("mai", "Nguyễn Thị Mai", "sales_hcm", "salesperson", 15, (38, 3), "mai", ("salesperson",), "nam"),
    Person("bao", "Trương Gia Bảo", "sales_hcm", "salesperson", 15, (45, 20), "bao", (), "nam"),
    Person("ngan", "Huỳnh Thị Kim Ngân", "sales_hcm", "salesperson", 16, (60, 1), "ngan", (), "nam"),
    Person("phong", "Lý Thanh Phong", "sales_hcm", "salesperson", 14, (22, 7), "phong", (), "nam"),
    Person("tram", "Đặng Thị Bích Trâm", "sales_hcm", "salesperson", 14, (19, 1), "tram", (), "nam"),
    # Marketing
    Person("thao", "Vũ Thị Thanh Thảo", "marketing", "marketing_head", 32, (58, 1), "thao", ("marketing_head",)),
    Person("long", "Lê Hoàng Long", "marketing", "marketer", 17, (33, 5), "long", (), "thao"),
    Person("vy", "Nguyễn Khánh Vy", "marketing", "marketer", 16, (28, 1), "vy", (), "thao"),
    Person("chau", "Trần Bảo Châu", "marketing", "marketer", 16, (21, 12), "chau", (), "thao"),
    Person("linh", "Ngô Phương Linh", "marketing", "marketer", 15, (24, 1), "linh", (), "thao"),
    # Human resources
    Person("lan", "Phạm Thị Lan", "hr", "hr_head", 30, (75, 1), "lan", ("hr",)),
    Person("yen", "Nguyễn Thị Yến", "hr", "hr_staff", 15, (36, 1), "yen", (), "lan"),
    Person("khoi", "Đỗ Minh Khôi", "hr", "hr_staff", 14, (18, 15), "khoi", (), "lan"),
    # Accounting
    Person("hang", "Lê Thị Bích Hằng", "accounting", "chief_accountant", 35, (100, 1), "hang", ("accountant",)),
    Person("trang", "Trần Thị Thu Trang", "accounting", "accountant", 16, (48, 1), "trang", (), "hang"),
    Person("tai", "Nguyễn Văn Tài", "accounting", "accountant", 15, (35, 2), "tai", (), "hang"),
    Person("duyen", "Cao Thị Mỹ Duyên", "accounting", "accountant", 14, (20, 1), "duyen", (), "hang"),
    Person("giang", "Hồ Thị Giang", "accounting", "accountant", 13, (2, 5), "giang", (), "hang"),
    # Production: the foreman works with Odoo, the workshop does not
    Person("thang", "Nguyễn Văn Thắng", "production", "foreman", 25, (110, 1), "thang"),
    Person("dung", "Trần Văn Dũng", "production", "carpenter", 12, (80, 1), None, (), "thang"),
    Person("son", "Lê Văn Sơn", "production", "carpenter", 12, (77, 1), None, (), "thang"),
    Person("binh", "Phạm Văn Bình", "production", "carpenter", 11, (66, 8), None, (), "thang"),
    Person("loi", "Hồ Văn Lợi", "production", "carpenter", 11, (54, 1), None, (), "thang"),
    Person("hoa", "Nguyễn Thị Hoa", "production", "carpenter", 10.5, (44, 1), None, (), "thang"),
    Person("kien", "Đoàn Văn Kiên", "production", "carpenter", 10.5, (39, 16), None, (), "thang"),
    Person("tien", "Mai Văn Tiến", "production", "carpenter", 10, (25, 1), None, (), "thang"),
    Person("sen", "Lưu Thị Sen", "production", "carpenter", 10, (23, 1), None, (), "thang"),
    Person("cuong", "Tạ Văn Cường", "production", "carpenter", 10, (31, 1), None, (), "thang"),
    Person("toan", "Lê Minh Toàn", "production", "carpenter", 9.5, (9, 8), None, (), "thang"),
    Person("hieu", "Trần Trung Hiếu", "production", "carpenter", 9.5, (6, 15), None, (), "thang"),
    Person("nhan", "Võ Thành Nhân", "production", "carpenter", 9.5, (3, 3), None, (), "thang"),
    Person("phat", "Ngô Tấn Phát", "production", "carpenter", 9.5, (1, 10), None, (), "thang"),
    # Projects
    Person("viet", "Trịnh Quốc Việt", "projects", "project_head", 34, (70, 1), "viet", ("project_head",)),
    Person("dang", "Nguyễn Hải Đăng", "projects", "project_engineer", 19, (47, 1), "dang", (), "viet"),
    Person("duong", "Bùi Thị Thùy Dương", "projects", "project_engineer", 18, (37, 1), "duong", (), "viet"),
    Person("khoa", "Phan Anh Khoa", "projects", "project_engineer", 16, (26, 1), "khoa", (), "viet"),
    Person("kiet", "Lâm Tuấn Kiệt", "projects", "project_engineer", 17, (29, 1), "kiet", (), "viet"),
    Person("tu", "Võ Thị Cẩm Tú", "projects", "project_engineer", 17, (27, 9), "tu", (), "viet"),
    # Technology
    Person("quan", "Đặng Hoàng Quân", "technology", "it_head", 30, (57, 1), "quan"),
    Person("phuc", "Nguyễn Hồng Phúc", "technology", "it_staff", 18, (10, 3), "phuc", (), "quan"),
    Person("thuy", "Phan Thanh Thủy", "technology", "it_staff", 17, (4, 1), "thuy", (), "quan"),
)

# key: (months ago, last day), reason
LEAVERS = {
    "luc": ((5, 20), "hr.departure_resigned"),
    "cuong": ((8, 31), "hr.departure_resigned"),
}
# key: (months ago, first day) in the new department, department, job, manager
MOVERS = {"linh": ((1, 15), "sales_hn", "salesperson", "ha")}
# key: (months ago, first day) of a second contract, wage in million VND
NEW_CONTRACTS = {"khoa": ((2, 16), 18)}

# They have quarterly scorecards and share in the quarter's profit.
HEADS = ("hung", "ha", "nam", "thao", "thang", "viet")

MANAGERS = {
    "board": "minh",
    "sales": "hung",
    "sales_hn": "ha",
    "sales_hcm": "nam",
    "marketing": "thao",
    "hr": "lan",
    "accounting": "hang",
    "production": "thang",
    "projects": "viet",
    "technology": "quan",
}
