import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    makeMockEnv,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { KpiStrategyMap } from "@kpi_management/strategy_map/strategy_map";
import { arrowPath } from "@kpi_management/strategy_map/arrow_path";

defineMailModels();

function kpi(id, name, vals = {}) {
    return {
        id,
        name,
        attainment: 90,
        status: "on_track",
        status_count: 1,
        line_count: 1,
        timing: "lagging",
        drives: [],
        ...vals,
    };
}

function board(vals = {}) {
    return {
        company: "Sao Mai",
        strategy: { id: 3, name: "Growth", vision: "First in the North" },
        periods: [
            { id: 12, name: "03/2026" },
            { id: 11, name: "02/2026" },
        ],
        period_id: 12,
        bands: [
            {
                id: 1,
                name: "Financial",
                color: 10,
                objectives: [{ id: 5, name: "Grow", progress: 62.5 }],
                kpis: [kpi(21, "Revenue", { status: "behind", status_count: 2, line_count: 5 })],
            },
            {
                id: 2,
                name: "Customer",
                color: 4,
                objectives: [],
                kpis: [
                    kpi(22, "Visits", { timing: "leading", drives: [21] }),
                    kpi(23, "Calls", { attainment: false, status: "none" }),
                ],
            },
            { id: 4, name: "Learning", color: 5, objectives: [], kpis: [] },
        ],
        ...vals,
    };
}

async function open(answer = board()) {
    onRpc("kpi.strategy", "get_map", ({ args }) => {
        expect.step(["get_map", ...args]);
        return answer;
    });
    mockService("action", {
        doAction: (action) => expect.step([action.res_model, action.res_id || action.domain]),
    });
    await makeMockEnv({ config: { setDisplayName: () => {}, getDisplayName: () => "", breadcrumbs: [] } });
    await mountWithCleanup(KpiStrategyMap, { props: { action: {}, actionId: 1 } });
    await animationFrame();
}

test.tags("desktop");
test("perspectives hold their KPIs, and an arrow leads to what a KPI drives", async () => {
    await open();
    expect(".o_kpi_map_title").toHaveText("Growth");
    expect(queryAllTexts(".o_kpi_map_band_name")).toEqual(["Financial", "Customer", "Learning"]);
    expect(".o_kpi_map_band:eq(2)").toHaveText(/No KPI yet/);
    expect(".o_kpi_map_objective").toHaveText("Grow 62.5 %");
    expect(".o_kpi_map_arrow").toHaveCount(1);
    const [from, to] = [queryOne("[data-id='22']"), queryOne("[data-id='21']")].map((el) => el.getBoundingClientRect());
    const origin = queryOne(".o_kpi_map_board").getBoundingClientRect();
    const start = `M${Math.round(from.left + from.width / 2 - origin.left)},${Math.round(from.top - origin.top)}`;
    const end = `${Math.round(to.left + to.width / 2 - origin.left)},${Math.round(to.bottom - origin.top)}`;
    const path = queryOne(".o_kpi_map_arrow").getAttribute("d");
    expect(path.startsWith(start)).toBe(true);
    expect(path.endsWith(end)).toBe(true);
    expect.verifySteps([["get_map", false]]);
});

test("a status is a word and a shape, and says of how many", async () => {
    await open();
    expect(queryAllTexts(".o_kpi_map_node_status")).toEqual(["Behind: 2 of 5", "On track", "No status"]);
    expect("[data-id='21'] .fa-arrow-circle-down").toHaveCount(1);
    expect("[data-id='22'] .fa-check-circle").toHaveCount(1);
    expect("[data-id='23'] .o_kpi_map_node_figure").toHaveText(/No data/);
    expect("[data-id='22'] .o_kpi_map_node_drives").toHaveText("Drives: Revenue");
    expect.verifySteps([["get_map", false]]);
});

test.tags("desktop");
test("by the keyboard: what belongs together is lit, and enter opens the figures", async () => {
    await open();
    queryOne("[data-id='22']").focus();
    await animationFrame();
    expect(".o_kpi_map_lit").toHaveCount(1);
    expect("[data-id='21']").not.toHaveClass("o_kpi_map_dimmed");
    expect("[data-id='23']").toHaveClass("o_kpi_map_dimmed");
    await press("Enter");
    expect.verifySteps([
        ["get_map", false],
        [
            "kpi.scorecard.line",
            [
                ["definition_id", "=", 22],
                ["period_id", "=", 12],
            ],
        ],
    ]);
});

test("an objective opens, another period is loaded, and the page is printed", async () => {
    patchWithCleanup(window, { print: () => expect.step("print") });
    await open();
    await contains(".o_kpi_map_objective").click();
    await contains(".o_kpi_map_period").select("11");
    await contains(".o_kpi_map_print").click();
    expect.verifySteps([["get_map", false], ["kpi.objective", 5], ["get_map", 11], "print"]);
});

test.tags("mobile");
test("on a phone there are no arrows, but words", async () => {
    await open();
    expect(".o_kpi_map_arrow").toHaveCount(0);
    expect("[data-id='22'] .o_kpi_map_node_drives").toBeVisible();
    expect.verifySteps([["get_map", false]]);
});

test("a map without anything says what to do", async () => {
    const bands = [{ id: 1, name: "Financial", color: 1, objectives: [], kpis: [] }];
    await open(board({ strategy: false, periods: [], period_id: false, bands }));
    expect(".o_kpi_map_title").toHaveText("Sao Mai");
    expect(".o_kpi_map_empty").toHaveCount(1);
    expect(".o_kpi_map_period").toHaveCount(0);
    expect.verifySteps([["get_map", false]]);
});

test("an arrow leaves upright to another band and sideways within one", () => {
    const box = (x, y) => ({ x, y, width: 100, height: 40 });
    expect(arrowPath(box(0, 200), box(300, 0))).toBe("M50,200 C50,120,350,120,350,40");
    expect(arrowPath(box(0, 0), box(300, 200))).toBe("M50,40 C50,120,350,120,350,200");
    expect(arrowPath(box(0, 200), box(0, 0), true)).toBe("M50,200 C150,120,150,120,50,40");
    expect(arrowPath(box(0, 0), box(200, 10))).toBe("M100,20 C150,20,150,30,200,30");
    expect(arrowPath(box(200, 0), box(0, 0))).toBe("M200,20 C150,20,150,20,100,20");
    // over the box in between
    expect(arrowPath(box(0, 50), box(300, 50))).toBe("M50,50 C50,22,350,22,350,50");
});
