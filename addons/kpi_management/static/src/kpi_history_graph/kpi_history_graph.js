import { registry } from "@web/core/registry";
import { GraphModel } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

/** Nothing is not zero: a period without a figure is a gap in the line, not a fall to zero. */
export class KpiHistoryGraphModel extends GraphModel {
    _getData(dataPoints, forceUseAllDataPoints) {
        const data = super._getData(dataPoints, forceUseAllDataPoints);
        for (const dataset of data.datasets) {
            const known = new Set();
            for (const point of dataPoints) {
                if (point.count && typeof point.value === "number" && dataset.identifiers.has(point.identifier)) {
                    known.add(point.labelIndex);
                }
            }
            dataset.data = dataset.data.map((value, index) => (known.has(index) ? value : null));
        }
        return data;
    }
}

export class KpiHistoryGraphRenderer extends GraphRenderer {
    getLineChartData() {
        const data = super.getLineChartData();
        for (const dataset of data.datasets) {
            dataset.spanGaps = true;
            dataset.cubicInterpolationMode = "default";
        }
        return data;
    }
}

export const kpiHistoryGraphView = {
    ...graphView,
    Model: KpiHistoryGraphModel,
    Renderer: KpiHistoryGraphRenderer,
};

registry.category("views").add("kpi_history_graph", kpiHistoryGraphView);
