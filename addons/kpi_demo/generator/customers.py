"""Customers and products: invented Vietnamese companies that furnish offices, hotels and flats."""

from odoo import Command

from .seed import chance

KINDS = (
    "Công ty TNHH {name}",
    "Công ty Cổ phần {name}",
    "Khách sạn {name}",
    "Tập đoàn {name}",
    "Trường Quốc tế {name}",
    "Chuỗi cà phê {name}",
    "Văn phòng Luật {name}",
    "Phòng khám {name}",
)
KINDS_PER_NAME = 3
NAMES = (
    "An Bình",
    "Bạch Dương",
    "Cát Tường",
    "Cửu Long",
    "Đại Nam",
    "Đông Á",
    "Gia Hưng",
    "Hải Âu",
    "Hoa Sen",
    "Hoàng Gia",
    "Hồng Hà",
    "Hương Giang",
    "Khánh An",
    "Kim Long",
    "Lạc Hồng",
    "Lam Sơn",
    "Mộc Miên",
    "Minh Châu",
    "Ngọc Lan",
    "Phú Quý",
    "Phương Đông",
    "Quê Hương",
    "Sông Hàn",
    "Tâm Đức",
    "Tân Tiến",
    "Thành Công",
    "Thăng Long",
    "Trường Sơn",
    "Việt Xanh",
    "Vạn Phúc",
)
CITIES = {"sales_hn": ("Hà Nội", "Hải Phòng", "Bắc Ninh"), "sales_hcm": ("TP. Hồ Chí Minh", "Biên Hòa", "Cần Thơ")}

# key: name in the language of the company (Odoo does not translate the names of categories), key above
CATEGORIES = {
    "furniture": ("Nội thất", None),
    "office": ("Nội thất văn phòng", "furniture"),
    "home": ("Nội thất gia đình", "furniture"),
    "material": ("Nguyên vật liệu", None),
    "service": ("Dịch vụ", None),
}

# English name, Vietnamese name, price in VND, cost of making one in VND, category
PRODUCTS = (
    ("Executive desk, oak", "Bàn giám đốc gỗ sồi", 18_500_000, 10_900_000, "office"),
    ("Staff desk 1.4 m", "Bàn nhân viên 1,4 m", 3_200_000, 1_950_000, "office"),
    ("Meeting table, 12 seats", "Bàn họp 12 chỗ", 21_000_000, 12_600_000, "office"),
    ("Ergonomic chair", "Ghế công thái học", 4_600_000, 2_700_000, "office"),
    ("Filing cabinet", "Tủ hồ sơ", 5_400_000, 3_400_000, "office"),
    ("Wardrobe, 3 doors", "Tủ quần áo 3 cánh", 12_800_000, 7_700_000, "home"),
    ("Bed 1.8 m, walnut", "Giường 1,8 m gỗ óc chó", 24_500_000, 14_200_000, "home"),
    ("Sofa set", "Bộ sofa phòng khách", 32_000_000, 18_900_000, "home"),
    ("Dining set, 6 chairs", "Bộ bàn ăn 6 ghế", 16_900_000, 10_300_000, "home"),
    ("Reception counter", "Quầy lễ tân", 38_000_000, 22_400_000, "office"),
    ("Bookshelf", "Kệ sách", 6_700_000, 4_100_000, "home"),
    ("TV stand", "Kệ tivi", 7_900_000, 4_900_000, "home"),
)
SERVICE = ("Delivery and installation", "Vận chuyển và lắp đặt", 5_000_000, 6_500_000, "service")
PAYMENT_TERM = "account.account_payment_term_30days"


def build_customers(world):
    """Create the customers, half of them near each of the two sales offices, in the order in which they are met."""
    rng = chance("customers")
    values = []
    for number, name in enumerate(NAMES):
        for turn, kind in enumerate(rng.sample(KINDS, KINDS_PER_NAME)):
            department = ("sales_hn", "sales_hcm")[(number + turn) % 2]
            values.append(_customer_values(world, kind.format(name=name), department, rng))
    rng.shuffle(values)
    world.customers = list(world.env["res.partner"].create(values))
    world.dollar_customer = world.env["res.partner"].create(
        {
            "name": "Nordwind Interiors GmbH",
            "is_company": True,
            "city": "Hamburg",
            "country_id": world.env.ref("base.de").id,
            "email": "einkauf@nordwind.example",
            "property_payment_term_id": world.env.ref(PAYMENT_TERM).id,
        }
    )


def _customer_values(world, name, department, rng):
    return {
        "name": name,
        "is_company": True,
        "lang": "vi_VN",
        "property_payment_term_id": world.env.ref(PAYMENT_TERM).id,
        "city": rng.choice(CITIES[department]),
        "street": f"Số {rng.randint(2, 380)}, đường {rng.choice(('Lê Lợi', 'Trần Phú', 'Nguyễn Huệ', 'Hai Bà Trưng'))}",
        "country_id": world.env.ref("base.vn").id,
        "phone": f"+84 {'24' if department == 'sales_hn' else '28'} 3{rng.randint(100, 999)} {rng.randint(1000, 9999)}",
    }


def build_products(world):
    """Create what Sao Mai sells, untaxed, and a price list in US dollars for the export customer."""
    _build_categories(world)
    rows = [*PRODUCTS, SERVICE]
    templates = world.env["product.template"].create(
        [
            {
                "name": english,
                "type": "service" if english == SERVICE[0] else "consu",
                "is_storable": english != SERVICE[0],
                "categ_id": world.categories[category].id,
                "list_price": price,
                "standard_price": cost,
                "taxes_id": [Command.clear()],
                "supplier_taxes_id": [Command.clear()],
                "invoice_policy": "order",
            }
            for english, _vietnamese, price, cost, category in rows
        ]
    )
    for template, (_english, vietnamese, *_rest) in zip(templates, rows, strict=True):
        world.translate(template, "name", vietnamese)
    variants = templates.product_variant_id
    world.products = list(variants[:-1])
    world.service = variants[-1]
    world.dollar_pricelist = world.env["product.pricelist"].create(
        {"name": "Export (USD)", "currency_id": world.env.ref("base.USD").id, "company_id": world.company.id}
    )


def _build_categories(world):
    for key, (name, above) in CATEGORIES.items():
        world.categories[key] = world.env["product.category"].create(
            {"name": name, "parent_id": above and world.categories[above].id}
        )
