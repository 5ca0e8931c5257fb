/* SPDX-License-Identifier: MIT
 * Units: terms in rising order of their names, so that equal units look alike. */
#include "lang/units.h"

#define UNIT_LARGEST_HALVES 200

ebb_unit_t ebb_unit_none(void)
{
    return (ebb_unit_t){.known = EBB_UNIT_KNOWN};
}

ebb_unit_t ebb_unit_of(uint32_t name, int halves)
{
    return (ebb_unit_t){.known = EBB_UNIT_KNOWN,
                        .count = 1,
                        .halves = {(int16_t)halves},
                        .names = {name}};
}

bool ebb_unit_is_some(const ebb_unit_t *unit)
{
    return unit->known == EBB_UNIT_KNOWN && unit->count > 0;
}

/* Puts a term behind the others; false when there is no room for it. */
static bool unit_append(ebb_unit_t *unit, uint32_t name, int halves)
{
    if (halves == 0) {
        return true;
    }
    if (unit->count == EBB_UNIT_TERMS || halves > UNIT_LARGEST_HALVES ||
        halves < -UNIT_LARGEST_HALVES) {
        return false;
    }
    unit->names[unit->count] = name;
    unit->halves[unit->count++] = (int16_t)halves;
    return true;
}

static ebb_unit_t unit_merge(ebb_unit_t x, ebb_unit_t y, int sign)
{
    ebb_unit_t product = ebb_unit_none();
    bool fits = true;
    for (int i = 0, j = 0; i < x.count || j < y.count;) {
        bool of_x = j == y.count || (i < x.count && x.names[i] <= y.names[j]);
        bool of_y = i == x.count || (j < y.count && y.names[j] <= x.names[i]);
        int halves = (of_x ? x.halves[i] : 0) + (of_y ? sign * y.halves[j] : 0);
        fits &= unit_append(&product, of_x ? x.names[i] : y.names[j], halves);
        i += of_x;
        j += of_y;
    }
    return fits ? product : (ebb_unit_t){0};
}

ebb_unit_t ebb_unit_times(ebb_unit_t x, ebb_unit_t y, int sign)
{
    if (x.known == EBB_UNIT_UNKNOWN || y.known == EBB_UNIT_UNKNOWN) {
        return (ebb_unit_t){0};
    }
    if (y.known == EBB_UNIT_ANY) {
        return x;
    }
    if (x.known == EBB_UNIT_ANY) {
        return sign > 0 ? y : unit_merge(ebb_unit_none(), y, -1);
    }
    return unit_merge(x, y, sign);
}

ebb_unit_t ebb_unit_power(ebb_unit_t x, int halves)
{
    if (x.known != EBB_UNIT_KNOWN) {
        return x;
    }
    ebb_unit_t power = ebb_unit_none();
    for (int i = 0; i < x.count; i++) {
        int product = x.halves[i] * halves;
        if (product % 2 != 0 || !unit_append(&power, x.names[i], product / 2)) {
            return (ebb_unit_t){0};
        }
    }
    return power;
}

static bool unit_equal(const ebb_unit_t *x, const ebb_unit_t *y)
{
    bool equal = x->count == y->count;
    for (int i = 0; equal && i < x->count; i++) {
        equal = x->names[i] == y->names[i] && x->halves[i] == y->halves[i];
    }
    return equal;
}

bool ebb_unit_join(ebb_unit_t x, ebb_unit_t y, ebb_unit_t *joined)
{
    *joined = x.known >= y.known ? x : y;
    if (x.known == EBB_UNIT_UNKNOWN || y.known == EBB_UNIT_UNKNOWN) {
        /* a number beside something undeclared says nothing */
        joined->known =
            joined->known == EBB_UNIT_ANY ? EBB_UNIT_UNKNOWN : joined->known;
    }
    return x.known != EBB_UNIT_KNOWN || y.known != EBB_UNIT_KNOWN || unit_equal(&x, &y);
}

static void unit_term(const ebb_reading_t *reading, ebb_text_t *text, uint32_t name,
                      int halves)
{
    ebb_text_puts(text, ebb_name(reading, name));
    if (halves % 2 != 0) {
        ebb_text_printf(text, "^%d.5", halves / 2);
    } else if (halves != 2) {
        ebb_text_printf(text, "^%d", halves / 2);
    }
}

const char *ebb_unit_text(ebb_reading_t *reading, const ebb_unit_t *unit)
{
    ebb_text_t text;
    ebb_text_init(&text, reading->alloc);
    for (int i = 0; i < unit->count; i++) {
        if (unit->halves[i] > 0) {
            ebb_text_puts(&text, text.length ? "*" : "");
            unit_term(reading, &text, unit->names[i], unit->halves[i]);
        }
    }
    if (unit->known == EBB_UNIT_KNOWN && text.length == 0) {
        ebb_text_puts(&text, "1");
    }
    for (int i = 0; i < unit->count; i++) {
        if (unit->halves[i] < 0) {
            ebb_text_puts(&text, "/");
            unit_term(reading, &text, unit->names[i], -unit->halves[i]);
        }
    }
    const char *kept =
        text.failed
            ? NULL
            : ebb_arena_text(&reading->arena, text.data ? text.data : "", text.length);
    if (!kept) {
        ebb_reading_fail(reading, EBB_ERR_MEMORY);
    }
    ebb_text_free(&text);
    return kept ? kept : "";
}
