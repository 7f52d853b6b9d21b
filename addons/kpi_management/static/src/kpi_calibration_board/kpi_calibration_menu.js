import { Component, useRef } from "@odoo/owl";
import { useNavigation } from "@web/core/navigation/navigation";

/** What can be done with a card without dragging it: by keyboard, and on a phone. */
export class KpiCalibrationMenu extends Component {
    static template = "kpi_management.KpiCalibrationMenu";
    static props = {
        grades: { type: Array, element: { type: Object, shape: { id: Number, name: String } } },
        move: Function,
        openReview: Function,
        openHistory: Function,
        close: { type: Function, optional: true },
    };

    setup() {
        this.root = useRef("root");
        useNavigation(this.root, { shouldFocusFirstItem: true });
    }

    choose(act) {
        this.props.close?.();
        act();
    }
}
