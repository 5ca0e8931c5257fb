/* SPDX-License-Identifier: MIT
 * The weeks of a record as a table, for a spreadsheet or R. */
#include <inttypes.h>

#include "core/csv.h"
#include "report/parts.h"

static void put_csv_week(ebb_text_t *out, const ebb_week_t *week)
{
    char begin[EBB_WALL_SIZE];
    ebb_wall_format(begin, week->begin_s);
    ebb_text_append(out, begin, sizeof "YYYY-MM-DD" - 1);
    const uint32_t *columns[] = {week->messages, week->turns, week->followups};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        ebb_text_printf(out, ",%" PRIu32 ",%" PRIu32, columns[i][0], columns[i][1]);
    }
    for (int k = 0; k < 2; k++) {
        ebb_text_puts(out, ",");
        ebb_csv_number(out, week->reply_minutes[k]);
    }
    ebb_text_puts(out, ",");
    ebb_csv_number(out, week->longest_silence_h);
    ebb_text_puts(out, "\n");
}

int ebb_report_csv(ebb_text_t *out, const ebb_cycle_t *cycle)
{
    ebb_text_puts(out, "week,messages_a,messages_b,turns_a,turns_b,followups_a,"
                       "followups_b,reply_minutes_a,reply_minutes_b,"
                       "longest_silence_h\n");
    for (size_t i = 0; i < cycle->week_count; i++) {
        put_csv_week(out, &cycle->weeks[i]);
    }
    return out->failed;
}
