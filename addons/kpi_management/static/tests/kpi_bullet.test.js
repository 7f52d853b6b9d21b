import { expect, test } from "@odoo/hoot";
import { queryAll, queryOne } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

import { KpiBullet } from "@kpi_management/kpi_bullet/kpi_bullet";

defineMailModels();

const width = () => queryOne(".o_kpi_bullet_bar").getAttribute("width");
const label = () => queryOne(".o_kpi_bullet").getAttribute("aria-label").replaceAll("\u00a0", " ");

test("a bar in the colour of its status, the target at 100 % of a scale up to 125 %", async () => {
    await mountWithCleanup(KpiBullet, {
        props: { attainment: 62.5, status: "at_risk", result: "ok", pace: 75, label: "Revenue" },
    });
    // 62.5, 100 and 75 of 125
    expect(width()).toBe("50.00%");
    expect(".o_kpi_bullet_target").toHaveAttribute("x", "80.00%");
    expect(queryOne(".o_kpi_bullet_pace").parentElement.getAttribute("x")).toBe("60.00%");
    expect(".o_kpi_bullet_bar").toHaveClass("o_kpi_color_at_risk");
    expect(".o_kpi_bullet_beyond").toHaveCount(0);
    expect(label()).toBe("Revenue: 62.5 %, At risk, 75 % of the time gone by");
});

test("what is beyond the scale ends in an arrow", async () => {
    await mountWithCleanup(KpiBullet, { props: { attainment: 140, status: "on_track", result: "ok" } });
    expect(width()).toBe("100.00%");
    expect(".o_kpi_bullet_beyond").toHaveCount(1);
    expect(label()).toBe("140 %, On track");
});

test("a scale that goes further", async () => {
    await mountWithCleanup(KpiBullet, { props: { attainment: 140, status: "none", result: true, cap: 200 } });
    expect(width()).toBe("70.00%");
    expect(".o_kpi_bullet_target").toHaveAttribute("x", "50.00%");
    expect(".o_kpi_bullet_beyond").toHaveCount(0);
    expect(label()).toBe("140 %");
});

test("what is not measured has no bar, and says why", async () => {
    await mountWithCleanup(KpiBullet, { props: { attainment: 0, status: "none", result: "no_data" } });
    expect(queryAll(".o_kpi_bullet_bar")).toHaveLength(0);
    expect(".o_kpi_bullet_target").toHaveCount(1);
    expect(label()).toBe("No data");
});

test("before its beginning and after its end a period has no pace", async () => {
    await mountWithCleanup(KpiBullet, { props: { attainment: 90, status: "on_track", result: "ok", pace: 100 } });
    expect(".o_kpi_bullet_pace").toHaveCount(0);
    expect(label()).toBe("90 %, On track");
});
