import { isMeasured, kpiStatus } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

/**
 * A period of a line: how much was attained, and how that was.
 *
 * @typedef {Object} KpiPoint
 * @property {string} period
 * @property {number | false} attainment percent
 * @property {string | false} [status] as of `kpiStatus`
 * @property {string | boolean} [result] as of `kpiStatus`; scores have none
 */

/** @param {KpiPoint} point */
export function hasFigure({ attainment, result }) {
    return typeof attainment === "number" && (!result || isMeasured(result));
}

/**
 * The figure, or why there is none.
 *
 * @param {KpiPoint} point
 */
export function pointWords(point) {
    return hasFigure(point)
        ? formatKpiValue(point.attainment, { unit: "percent" })
        : kpiStatus({ result: point.result || "no_data" }).name;
}
