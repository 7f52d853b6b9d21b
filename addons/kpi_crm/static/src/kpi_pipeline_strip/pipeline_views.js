import { crmKanbanView } from "@crm/views/crm_kanban/crm_kanban_view";
import { forecastListView } from "@crm/views/forecast_list/forecast_list_view";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";
import { listView } from "@web/views/list/list_view";

import { KpiPipelineStrip } from "./kpi_pipeline_strip";

/** Where deals are listed as a page, and not leads: those have no place in the pipeline yet. */
function stripDomain({ env, model, props }) {
    const isPipeline = props.resModel === "crm.lead" && props.context.default_type !== "lead";
    return isPipeline && !env.inDialog && model.root ? model.root.domain : false;
}

// The forecast's kanban is one of these too. Patched, so that what other add-ons make of the view has the strip as well.
// The template takes the component from a getter: a view made of this one may bring components of its own.
patch(crmKanbanView.Controller, { template: "kpi_crm.PipelineKanbanView" });
patch(crmKanbanView.Controller.prototype, {
    get kpiPipelineStrip() {
        return KpiPipelineStrip;
    },

    get kpiStripDomain() {
        return stripDomain(this);
    },
});

class PipelineListController extends listView.Controller {
    static template = "kpi_crm.PipelineListView";

    get kpiPipelineStrip() {
        return KpiPipelineStrip;
    }

    get kpiStripDomain() {
        return stripDomain(this);
    }
}

registry.category("views").add("kpi_pipeline_list", { ...listView, Controller: PipelineListController });
registry
    .category("views")
    .add("forecast_list", { ...forecastListView, Controller: PipelineListController }, { force: true });
