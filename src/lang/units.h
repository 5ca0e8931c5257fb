/* SPDX-License-Identifier: MIT
 * Arithmetic of units, for the checker: exponents only, nothing is converted. */
#ifndef EBB_LANG_UNITS_H
#define EBB_LANG_UNITS_H

#include "lang/syntax.h"

/* name^(halves / 2), known. */
ebb_unit_t ebb_unit_of(uint32_t name, int halves);

/* The unit without any factor, known. */
ebb_unit_t ebb_unit_none(void);

/* x * y^sign. A number takes the other's; unknown stays unknown. */
ebb_unit_t ebb_unit_times(ebb_unit_t x, ebb_unit_t y, int sign);

/* x^(halves / 2); unknown when that leaves quarters. */
ebb_unit_t ebb_unit_power(ebb_unit_t x, int halves);

/* Whether two may be added or compared; `joined` is then the unit of the sum. */
bool ebb_unit_join(ebb_unit_t x, ebb_unit_t y, ebb_unit_t *joined);

/* Whether it is known and not without unit. */
bool ebb_unit_is_some(const ebb_unit_t *unit);

/* In one spelling: "1/day", "message*day^-0.5" as "message/day^0.5"; "" when unknown,
 * "1" when without unit. In the reading's arena. */
const char *ebb_unit_text(ebb_reading_t *reading, const ebb_unit_t *unit);

#endif
