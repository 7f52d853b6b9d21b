import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { getGraphRenderer } from "@web/../tests/views/graph/graph_test_helpers";

class Line extends models.Model {
    _name = "kpi.scorecard.line";

    date_start = fields.Date();
    kpi = fields.Selection({
        selection: [
            ["revenue", "Revenue"],
            ["visits", "Visits"],
        ],
    });
    attainment = fields.Float({ aggregator: "sum" });

    _records = [
        { id: 1, date_start: "2026-01-01", kpi: "revenue", attainment: 80 },
        { id: 2, date_start: "2026-02-01", kpi: "visits", attainment: 0 },
        { id: 3, date_start: "2026-03-01", kpi: "revenue", attainment: 90 },
    ];
}

defineMailModels();
defineModels([Line]);

test("a month without a figure is a gap, and a figure of zero is a zero", async () => {
    const view = await mountView({
        type: "graph",
        resModel: "kpi.scorecard.line",
        arch: `<graph type="line" stacked="0" js_class="kpi_history_graph">
            <field name="date_start" interval="month"/>
            <field name="kpi"/>
            <field name="attainment" type="measure"/>
        </graph>`,
    });
    const { datasets } = getGraphRenderer(view).chart.data;
    expect(Object.fromEntries(datasets.map(({ label, data }) => [label, data]))).toEqual({
        Revenue: [80, null, 90],
        Visits: [null, 0, null],
    });
    expect(datasets.map(({ spanGaps }) => spanGaps)).toEqual([true, true]);
});
