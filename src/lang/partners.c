/* SPDX-License-Identifier: MIT
 * Who becomes whose partner in a population or a trial: anyone, or who finds whom in
 * the market of ebb/pair.h, of which mechanisms may be out and numbers other. */
#include <string.h>

#include "ebb/nearest.h"
#include "lang/population.h"

static const struct {
    const char *name;
    unsigned bit;
} partners_mechanisms[] = {
#define PARTNERS_MECHANISM(name, bit, word, text) {word, bit},
    EBB_PAIR_MECHANISM_LIST(PARTNERS_MECHANISM)
#undef PARTNERS_MECHANISM
};

static const struct {
    const char *name;
    double usual, low, high;
    size_t offset;
} partners_numbers[] = {
#define PARTNERS_NUMBER(name, usual, low, high, text, source) \
    {#name, usual, low, high, offsetof(ebb_pair_numbers_t, name)},
    EBB_PAIR_NUMBER_LIST(PARTNERS_NUMBER)
#undef PARTNERS_NUMBER
};

static double *partners_number(ebb_pair_numbers_t *numbers, size_t k)
{
    return (double *)(void *)((char *)numbers + partners_numbers[k].offset);
}

static ebb_population_plan_t *partners_plan(const ebb_staging_t *stage)
{
    return stage->extra->plan;
}

/* --- the statement ---------------------------------------------------------------- */

static void partners_how(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_partners_t *partners = &partners_plan(stage)->partners;
    const char *how = ebb_name(stage->reading, order->target.name);
    if (partners->said) {
        ebb_wrong(stage->reading, order->where, "a second `pairing`");
        return;
    }
    partners->said = true;
    partners->where = order->target.where;
    partners->market = strcmp(how, "market") == 0;
    partners->usual = true;
    for (size_t k = 0; k < EBB_PAIR_NUMBERS; k++) {
        *partners_number(&partners->numbers, k) = partners_numbers[k].usual;
    }
    if (!partners->market && strcmp(how, "independent") != 0) {
        ebb_wrong(stage->reading, order->target.where, "there is no pairing `%s`", how);
        ebb_mend(stage->reading, "they are: independent, market");
    }
}

/* There is none of this name; which ones there are. */
static void partners_no(ebb_staging_t *stage, const ebb_order_t *order,
                        const char *what, const ebb_nearest_t *near, const char *all)
{
    ebb_wrong(stage->reading, order->target.where, "the market has no %s `%s`", what,
              near->typed);
    if (near->best) {
        ebb_mend(stage->reading, "did you mean `%s`? they are: %s", near->best, all);
    } else {
        ebb_mend(stage->reading, "they are: %s", all);
    }
}

static void partners_without(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_partners_t *partners = &partners_plan(stage)->partners;
    ebb_nearest_t near = {.typed = ebb_name(stage->reading, order->target.name)};
    for (size_t k = 0; k < EBB_PAIR_MECHANISMS; k++) {
        if (strcmp(partners_mechanisms[k].name, near.typed) == 0) {
            partners->without |= partners_mechanisms[k].bit;
            return;
        }
        ebb_nearest_consider(&near, partners_mechanisms[k].name);
    }
    partners_no(stage, order, "mechanism", &near,
                "security, likeness, suppressed, courtship, calm, survival");
}

static void partners_set(ebb_staging_t *stage, const ebb_order_t *order, size_t k)
{
    double value = 0;
    if (partners_numbers[k].offset == offsetof(ebb_pair_numbers_t, within_r)) {
        ebb_wrong(stage->reading, order->target.where,
                  "how the two traits go together is said by `correlation`");
        ebb_mend(stage->reading, "on a line of its own: correlation 0.4");
    } else if (ebb_evaluate_constant(&stage->build, order->value, "a number", &value)) {
        if (value >= partners_numbers[k].low && value <= partners_numbers[k].high) {
            *partners_number(&partners_plan(stage)->partners.numbers, k) = value;
        } else {
            ebb_wrong(stage->reading, ebb_formula_where(&stage->build, order->value),
                      "`%s` of the market is from %g to %g", partners_numbers[k].name,
                      partners_numbers[k].low, partners_numbers[k].high);
        }
    }
}

static void partners_with(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_nearest_t near = {.typed = ebb_name(stage->reading, order->target.name)};
    for (size_t k = 0; k < EBB_PAIR_NUMBERS; k++) {
        if (strcmp(partners_numbers[k].name, near.typed) == 0) {
            partners_set(stage, order, k);
            return;
        }
        ebb_nearest_consider(&near, partners_numbers[k].name);
    }
    partners_no(stage, order, "number", &near,
                "security, likeness, suppressed, spark, liking, blur, outgoing, "
                "meetings, calm, calm_months, hazard, wear, alike, months");
}

void ebb_partners_order(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_partners_t *partners = &partners_plan(stage)->partners;
    if (order->kind == EBB_ORDER_PAIRING) {
        partners_how(stage, order);
    } else if (!partners->market) {
        ebb_wrong(stage->reading, order->target.where,
                  "only a market has mechanisms and numbers");
    } else if (order->kind == EBB_ORDER_PAIRING_WITHOUT) {
        partners->usual = false;
        partners_without(stage, order);
    } else {
        partners->usual = false;
        partners_with(stage, order);
    }
}

/* --- the whole -------------------------------------------------------------------- */

/* Which of the people's traits has a name, or how many they are. */
static size_t partners_trait(ebb_staging_t *stage, const char *name)
{
    const ebb_population_plan_t *plan = partners_plan(stage);
    size_t k = 0;
    while (k < plan->people_count &&
           strcmp(ebb_name(stage->reading, plan->people[k].name), name) != 0) {
        k++;
    }
    return k;
}

void ebb_partners_check(ebb_staging_t *stage)
{
    ebb_population_plan_t *plan = partners_plan(stage);
    ebb_partners_t *partners = &plan->partners;
    if (!partners->market) {
        return;
    }
    partners->anxiety = partners_trait(stage, "anxiety");
    partners->numbers.within_r = plan->correlation;
    if (plan->people_count < 2 || partners->anxiety == 2 ||
        partners_trait(stage, "avoidance") == 2) {
        ebb_wrong(
            stage->reading, partners->where,
            "in a market people choose by anxiety and avoidance, and these do not "
            "differ in both");
        ebb_mend(stage->reading,
                 "say it: people anxiety = normal(0, 1), avoidance = normal(0, 1)");
    } else if (plan->correlation < 0 || plan->correlation > 0.9) {
        ebb_wrong(stage->reading, partners->where,
                  "in a market the correlation of the two traits is from 0 to 0.9");
    }
}

void ebb_partners_describe(const ebb_partners_t *partners, ebb_text_t *out)
{
    ebb_pair_numbers_t numbers = partners->numbers;
    if (!partners->market) {
        return;
    }
    ebb_text_printf(out, "pairing market without %u, anxiety %u\n", partners->without,
                    (unsigned)partners->anxiety);
    for (size_t k = 0; k < EBB_PAIR_NUMBERS; k++) {
        ebb_text_printf(out, "%s %.17g\n", partners_numbers[k].name,
                        *partners_number(&numbers, k));
    }
}
