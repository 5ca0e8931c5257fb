/* SPDX-License-Identifier: MIT
 * Statements that are given besides a scenario: joined to its text as a scenario of
 * their own behind all others, they are read by the same rules. */
#include "lang/staging.h"

void ebb_stage_join(ebb_staging_t *stage, const char *orders, const char *label)
{
    ebb_reading_t *reading = stage->reading;
    ebb_text_t joined;
    ebb_text_init(&joined, reading->alloc);
    ebb_text_append(&joined, reading->text, reading->size);
    ebb_text_printf(&joined, "\nscenario more uses %s\n", stage->model->system.name);
    size_t head = joined.length;
    ebb_text_puts(&joined, orders);
    char *copy = joined.failed
                     ? NULL
                     : ebb_arena_text(&reading->arena, joined.data, joined.length);
    if (copy) {
        reading->joint = reading->size + 1;
        reading->joint_label = label ? label : "orders";
        for (size_t i = 0; i < head; i++) {
            reading->joint_line += copy[i] == '\n';
        }
        reading->text = copy;
        reading->size = joined.length;
    } else {
        ebb_reading_fail(reading, EBB_ERR_MEMORY);
    }
    ebb_text_free(&joined);
}

size_t ebb_stage_own(const ebb_staging_t *stage)
{
    const ebb_scenario_syntax_t *all = stage->syntax.scenarios.items;
    size_t count = stage->syntax.scenarios.count;
    while (stage->reading->joint && count > 0 &&
           all[count - 1].where.offset >= stage->reading->joint) {
        count--;
    }
    return count;
}

void ebb_stage_more(ebb_staging_t *stage)
{
    const ebb_scenario_syntax_t *all = stage->syntax.scenarios.items, *own;
    size_t at = ebb_stage_own(stage);
    if (!stage->reading->joint || at >= stage->syntax.scenarios.count) {
        return;
    }
    ebb_scenario_syntax_t more = all[at];
    if (at + 1 < stage->syntax.scenarios.count) {
        ebb_wrong(stage->reading, all[at + 1].where,
                  "a scenario of its own cannot stand here");
    }
    if (more.length != 0) {
        ebb_wrong(stage->reading, more.length_where,
                  "how long the run is cannot be said here");
    }
    stage->scenario->plan.facts = more.facts;
    own = stage->chosen;
    more.length = own->length;
    stage->chosen = &more;
    ebb_stage_orders(stage);
    stage->chosen = own;
}
