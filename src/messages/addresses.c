/* SPDX-License-Identifier: MIT */
#include "messages/addresses.h"

#include <string.h>

#include "messages/accounts.h"

#define TAIL_DIGITS 7 /* numbers of fewer digits are short codes: the same or not */

typedef struct phone_number {
    char digits[32];
    size_t count;
    bool abroad; /* with its country: + or 00 before it */
} phone_number_t;

/* The digits of a phone number; false where it is something else. */
static bool read_number(const char *address, phone_number_t *number)
{
    *number = (phone_number_t){.abroad = address[0] == '+'};
    for (const char *c = address; *c; c++) {
        if (*c >= '0' && *c <= '9') {
            if (number->count == sizeof number->digits) {
                return false;
            }
            number->digits[number->count++] = *c;
        } else if (!strchr("+-. ()/", *c)) {
            return false;
        }
    }
    if (!number->abroad && number->count > 2 && !memcmp(number->digits, "00", 2)) {
        number->abroad = true;
        number->count -= 2;
        memmove(number->digits, number->digits + 2, number->count);
    }
    return number->count > 0;
}

/* The digits that are dialled before a number at home, and never from abroad: 0 mostly,
 * in North America 1 and in Russia 8, before ten others. */
static size_t trunk_length(const phone_number_t *home)
{
    char first = home->digits[0];
    bool long_one = home->count == 11 && (first == '1' || first == '8');
    return first == '0' || long_one;
}

/* Whether a number ends in the other's digits, but for the first `skip` of them. */
static bool ends_in(const phone_number_t *number, const phone_number_t *end,
                    size_t skip)
{
    size_t n = end->count - skip;
    return n >= TAIL_DIGITS && n <= number->count &&
           memcmp(end->digits + skip, number->digits + number->count - n, n) == 0;
}

static bool are_equal_numbers(const phone_number_t *a, const phone_number_t *b)
{
    return a->count == b->count && memcmp(a->digits, b->digits, a->count) == 0;
}

/* Two numbers without their country, one perhaps with what is dialled before it. */
static bool are_same_at_home(const phone_number_t *a, const phone_number_t *b)
{
    const phone_number_t *longer = a->count > b->count ? a : b;
    const phone_number_t *other = a->count > b->count ? b : a;
    size_t trunk = trunk_length(longer);
    return are_equal_numbers(a, b) ||
           (trunk > 0 && longer->count - trunk == other->count &&
            ends_in(other, longer, trunk));
}

/* A number without its country, less what is dialled before it at home, ends the one
 * with it. */
static bool numbers_match(const phone_number_t *a, const phone_number_t *b)
{
    if (a->count < TAIL_DIGITS || b->count < TAIL_DIGITS || (a->abroad && b->abroad)) {
        return a->abroad == b->abroad && are_equal_numbers(a, b);
    }
    if (a->abroad == b->abroad) {
        return are_same_at_home(a, b);
    }
    const phone_number_t *home = a->abroad ? b : a, *far = a->abroad ? a : b;
    return ends_in(far, home, 0) || ends_in(far, home, trunk_length(home));
}

bool ebb_addresses_match(const char *a, const char *b)
{
    phone_number_t x, y;
    if (read_number(a, &x) && read_number(b, &y)) {
        return numbers_match(&x, &y);
    }
    return ebb_names_alike(a, b);
}

uint64_t ebb_address_kinship(const char *address)
{
    phone_number_t number;
    char folded[EBB_NAME_MAX];
    size_t n = 0;
    if (read_number(address, &number)) {
        size_t tail = number.count < TAIL_DIGITS ? number.count : TAIL_DIGITS;
        return ebb_account_hash(number.digits + number.count - tail, tail);
    }
    for (; n < sizeof folded && address[n]; n++) {
        char c = address[n];
        folded[n] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    return ebb_account_hash(folded, n);
}
