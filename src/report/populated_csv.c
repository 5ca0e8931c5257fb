/* SPDX-License-Identifier: MIT
 * A population as a table: a line for each group and report. */
#include <inttypes.h>

#include "core/csv.h"
#include "report/populated.h"

static void popcsv_head(ebb_text_t *out, const ebb_populated_t *from, size_t endings)
{
    ebb_text_puts(out, "group,time,at_risk,parted,share,error,low,high");
    for (size_t w = 0; w < endings; w++) {
        ebb_text_printf(out, ",ended_%s", ebb_populated_ending(from, w));
    }
    ebb_text_puts(out, ",together,couple_time,episodes\n");
}

static void popcsv_row(ebb_text_t *out, const ebb_populated_t *from,
                       const ebb_populated_curves_t *curves, size_t g, size_t b)
{
    const ebb_populated_curve_t *curve = &curves->groups[g];
    const ebb_survival_point_t *point = &curve->points[b];
    size_t ways = curves->info.endings;
    ebb_text_puts(out, ebb_populated_name(curves, g));
    ebb_csv_next(out, curves->times[b + 1]);
    ebb_text_printf(out, ",%" PRIu64 ",%" PRIu64, curve->rows[b].at_risk,
                    curve->rows[b].ended);
    ebb_csv_next(out, point->share);
    ebb_csv_next(out, point->error);
    ebb_csv_next(out, point->low);
    ebb_csv_next(out, point->high);
    for (size_t w = 0; w < ways; w++) {
        ebb_csv_next(out, curve->incidence[b * ways + w]);
    }
    ebb_text_printf(out, ",%" PRIu64, curve->group.together[b + 1]);
    ebb_csv_next(out, ebb_populated_seen(from, &curve->group, b, b + 1));
    if (curves->info.episodes) {
        ebb_text_printf(out, ",%" PRIu64 "\n", curve->group.episodes[b]);
    } else {
        ebb_text_puts(out, ",\n");
    }
}

int ebb_populated_csv(ebb_text_t *out, const ebb_populated_t *from)
{
    ebb_populated_curves_t curves;
    int code = ebb_populated_curves(&curves, from);
    if (!code) {
        popcsv_head(out, from, curves.info.endings);
        for (size_t g = 0; g < curves.info.groups; g++) {
            for (size_t b = 0; b < curves.info.bins; b++) {
                popcsv_row(out, from, &curves, g, b);
            }
        }
    }
    ebb_populated_curves_free(&curves);
    return code ? code : out->failed;
}
