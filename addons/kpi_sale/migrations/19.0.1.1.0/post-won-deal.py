"""What a won deal brings to the measures of orders: they are there already, and their data is not loaded again."""

BRINGS = {"measure_sales_revenue": "amount", "measure_sales_orders": "one"}


def migrate(cr, version):
    """Set ``won_deal`` on the add-on's own measures where it is not set."""
    for name, brings in BRINGS.items():
        cr.execute(
            """
            UPDATE kpi_measure measure SET won_deal = %s
              FROM ir_model_data data
             WHERE data.module = 'kpi_sale' AND data.name = %s AND data.res_id = measure.id
               AND measure.won_deal IS NULL
            """,
            [brings, name],
        )
