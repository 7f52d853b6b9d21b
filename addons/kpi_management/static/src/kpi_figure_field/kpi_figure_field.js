import { isMeasured } from "../kpi_status/kpi_status";

/**
 * What fields that draw a percentage have in common: the figure, and the fields that say how it stands.
 *
 * Options: `status_field` (default `status`, "" for none), `result_field` (default `result`, "" for none: always
 * measured), `max` (where the scale ends, in percent).
 */
export const figureField = {
    supportedTypes: ["float", "integer"],
    fieldDependencies: ({ options }) => {
        const { statusField, resultField } = names(options);
        return [statusField, resultField].filter(Boolean).map((name) => ({ name, type: "selection" }));
    },
    extractProps: ({ options }) => ({ ...names(options), max: options.max }),
};

export const figureProps = {
    statusField: { type: String },
    resultField: { type: String },
    max: { type: Number, optional: true },
};

/**
 * @param {Object} props of a field with `figureProps`
 * @returns {{value: number, status: string | false, result: string | boolean, isMeasured: boolean}}
 */
export function figureOf({ name, record, statusField, resultField }) {
    const result = resultField ? record.data[resultField] : true;
    return {
        value: record.data[name],
        status: statusField ? record.data[statusField] : false,
        result,
        isMeasured: isMeasured(result),
    };
}

function names({ status_field = "status", result_field = "result" }) {
    return { statusField: status_field, resultField: result_field };
}
