/* SPDX-License-Identifier: MIT
 *
 * Heads that look like one seen before, read by their shape.
 *
 * Within one export heads differ only in their digits, and in how many digits a day or
 * an hour has: a handful of shapes. A shape says of each byte what it may be. In UTF-8
 * the ten digits of a script differ in their last byte alone, which counts from 0 to 9;
 * so every byte is either always the same, or the last one of a digit:
 *
 *     line    2 9 / 0 1 / 2 0 1 8 ,   1 2 : 2 4   -          D9 A2 D9 A9 ...  (٢٩)
 *     least   0 0 / 0 0 / 0 0 0 0 ,   0 0 : 0 0   -          D9 A0 D9 A0 ...
 *     range   9 9 0 9 9 0 9 9 9 9 0 0 9 9 0 9 9 0 0 0         0  9  0  9 ...
 *
 * A line has the shape when line - least <= range in all bytes, in arithmetic of bytes;
 * that difference holds the values of the digits. Numbers with fewer digits than others
 * have their leading ones at the head's last byte, whose difference is always 0.
 *
 * Messages come in bursts: where not a byte differs from the last head of the shape, it
 * says the same, and where no byte of the date does, only the time is read.
 *
 * Shapes are learnt from what the parsers of whatsapp_head.c have read. A line that has
 * a shape gives the same head as those parsers would (tests hold the two together).
 */
#include <string.h>
#include <unicode/uchar.h>

#include "messages/whatsapp.h"

#define SIZE EBB_WA_SHAPE_SIZE

#if defined(__SSE2__) && !defined(EBB_PLAIN_C)
#include <emmintrin.h>

static inline __m128i load_16(const void *bytes)
{
    return _mm_loadu_si128(bytes);
}

/* Bit i set where bytes i differ, of the first `n` <= SIZE at least. */
static inline uint64_t bytes_changed(const char *line, const uint8_t *last, size_t n)
{
    uint64_t same = 0;
    for (size_t i = 0; i < n; i += 16) {
        __m128i equal = _mm_cmpeq_epi8(load_16(line + i), load_16(last + i));
        same |= (uint64_t)(uint32_t)_mm_movemask_epi8(equal) << i;
    }
    return ~same;
}

/* Whether the line has the shape; its bytes less the least ones into `digits`. */
static inline bool has_shape(const char *line, const ebb_wa_shape_t *shape,
                             uint8_t digits[SIZE])
{
    for (size_t i = 0; i < shape->head.length; i += 16) {
        __m128i above = _mm_sub_epi8(load_16(line + i), load_16(shape->least + i));
        __m128i most = _mm_min_epu8(above, load_16(shape->range + i));
        if (_mm_movemask_epi8(_mm_cmpeq_epi8(above, most)) != 0xFFFF) {
            return false;
        }
        _mm_storeu_si128((void *)(digits + i), above);
    }
    return true;
}
#else
static inline uint64_t bytes_changed(const char *line, const uint8_t *last, size_t n)
{
    uint64_t changed = 0;
    for (size_t i = 0; i < n; i++) {
        changed |= (uint64_t)((uint8_t)line[i] != last[i]) << i;
    }
    return changed;
}

static inline bool has_shape(const char *line, const ebb_wa_shape_t *shape,
                             uint8_t digits[SIZE])
{
    for (size_t i = 0; i < shape->head.length; i++) {
        digits[i] = (uint8_t)((uint8_t)line[i] - shape->least[i]);
        if (digits[i] > shape->range[i]) {
            return false;
        }
    }
    return true;
}
#endif

static inline unsigned two_digits_at(const uint8_t *digits, const uint8_t at[2])
{
    return digits[at[0]] * 10u + digits[at[1]];
}

static bool read_date(const uint8_t *digits, const ebb_wa_shape_t *shape,
                      uint16_t field[3])
{
    for (int i = 0; i < 3; i++) {
        const uint8_t *at = shape->date_at[i];
        field[i] =
            (uint16_t)(two_digits_at(digits, at) * 100 + two_digits_at(digits, at + 2));
    }
    return ebb_wa_is_some_date(field, shape->head.style);
}

/* The second of the day, or -1 where it is no time. */
static inline int32_t read_time(const uint8_t *digits, const ebb_wa_shape_t *shape)
{
    unsigned hour = two_digits_at(digits, shape->time_at[0]);
    unsigned minute = two_digits_at(digits, shape->time_at[1]);
    unsigned second = two_digits_at(digits, shape->time_at[2]);
    hour = ebb_wa_hour(hour, shape->head.half);
    bool right = hour < 24 && minute < 60 && second < 60;
    return right ? (int32_t)(hour * 3600 + minute * 60 + second) : -1;
}

/* Reads a line by one shape, and remembers what it said. */
static inline bool read_by(ebb_wa_shape_t *shape, const char *line)
{
    uint64_t changed =
        bytes_changed(line, shape->last, shape->head.length) & shape->all;
    if (!changed) {
        return true;
    }
    uint8_t digits[SIZE];
    if (!has_shape(line, shape, digits)) {
        return false;
    }
    int32_t second_s = read_time(digits, shape);
    if (second_s < 0) {
        return false;
    }
    if (changed & shape->date) {
        uint16_t field[3];
        if (!read_date(digits, shape, field)) {
            return false;
        }
        memcpy(shape->head.field, field, sizeof field);
    }
    shape->head.second_s = second_s;
    memcpy(shape->last, line, SIZE);
    return true;
}

const ebb_wa_head_t *ebb_wa_shapes_read(ebb_wa_shapes_t *shapes, const char *line,
                                        size_t n)
{
    unsigned k = shapes->recent;
    for (unsigned tried = 0; tried < shapes->count; tried++) {
        ebb_wa_shape_t *shape = &shapes->known[k];
        if (read_by(shape, line)) {
            shapes->recent = k;
            return shape->head.length <= n ? &shape->head : NULL;
        }
        k = k + 1 < shapes->count ? k + 1 : 0;
    }
    return NULL;
}

bool ebb_wa_shapes_fit(const ebb_wa_shapes_t *shapes, unsigned style, const char *line,
                       size_t n)
{
    uint8_t digits[SIZE];
    unsigned char first = (unsigned char)line[0];
    bool may_be = first == '[' || (first >= '0' && first <= '9') || first >= 0x80;
    for (unsigned k = 0; may_be && k < shapes->count; k++) {
        const ebb_wa_shape_t *shape = &shapes->known[k];
        if (shape->head.style == style && shape->head.length <= n &&
            has_shape(line, shape, digits)) {
            return true;
        }
    }
    return false;
}

/* ---- learning ---- */

/* A number of a head: the places of its digits' last bytes. */
typedef struct shape_number {
    uint8_t at[4];
    int digits;
} shape_number_t;

/* Makes the digit that ends at byte `at` free to be any of its script; false where the
 * ten do not differ in that byte alone. */
static bool free_digit(ebb_wa_shape_t *shape, size_t at, int value)
{
    int zero = shape->least[at] - value;
    int within = zero & 0x3F; /* the bits of a code point in its last byte */
    shape->least[at] = (uint8_t)zero;
    shape->range[at] = 9;
    return zero == '0' || (zero >= 0x80 && within + 9 <= 0x3F);
}

/* Finds the runs of digits in a head and frees them; how many there are, 0 where they
 * are not those of a date and a time. */
static int free_numbers(ebb_wa_shape_t *shape, const char *line,
                        shape_number_t found[6])
{
    const uint8_t *bytes = (const uint8_t *)line;
    int count = 0;
    bool in_run = false;
    for (int32_t i = 0, n = (int32_t)shape->head.length; i < n;) {
        UChar32 c;
        U8_NEXT(bytes, i, n, c);
        int value = u_charDigitValue(c);
        if (value >= 0) {
            count += !in_run;
            shape_number_t *number = &found[count - 1];
            if (count > 6 || number->digits == 4 ||
                !free_digit(shape, (size_t)i - 1, value)) {
                return 0;
            }
            number->at[number->digits++] = (uint8_t)(i - 1);
        }
        in_run = value >= 0;
    }
    return count >= 5 ? count : 0;
}

/* The places of a number's digits where there may be up to `most`. */
static bool place_digits(const ebb_wa_shape_t *shape, const shape_number_t *number,
                         uint8_t *at, int most)
{
    int missing = most - number->digits;
    for (int i = 0; i < most && missing >= 0; i++) {
        at[i] =
            i < missing ? (uint8_t)(shape->head.length - 1) : number->at[i - missing];
    }
    return missing >= 0;
}

static bool place_numbers(ebb_wa_shape_t *shape, const shape_number_t *found, int count)
{
    bool time_first = (shape->head.style & EBB_WA_TIME_FIRST) != 0;
    const shape_number_t *date = found + (time_first ? count - 3 : 0);
    const shape_number_t *time = found + (time_first ? 0 : 3);
    const shape_number_t none = {.digits = 0};
    bool fit = true;
    for (int i = 0; i < 3; i++) {
        fit &= place_digits(shape, &date[i], shape->date_at[i], 4);
        fit &=
            place_digits(shape, i < count - 3 ? &time[i] : &none, shape->time_at[i], 2);
        for (int k = 0; k < date[i].digits; k++) {
            shape->date |= UINT64_C(1) << date[i].at[k];
        }
    }
    return fit;
}

void ebb_wa_shapes_learn(ebb_wa_shapes_t *shapes, const char *line,
                         const ebb_wa_head_t *head)
{
    if (shapes->count == EBB_WA_SHAPES_MAX || head->length > SIZE) {
        return;
    }
    ebb_wa_shape_t *shape = &shapes->known[shapes->count];
    *shape = (ebb_wa_shape_t){.head = *head};
    shape->all = ~UINT64_C(0) >> (SIZE - head->length);
    memset(shape->range, 255, SIZE);
    memset(shape->range, 0, head->length);
    memcpy(shape->least, line, head->length);
    memcpy(shape->last, line, SIZE);
    shape_number_t found[6] = {{.digits = 0}};
    int count = free_numbers(shape, line, found);
    uint8_t digits[SIZE];
    uint16_t field[3];
    bool right = count > 0 && place_numbers(shape, found, count) &&
                 has_shape(line, shape, digits) &&
                 read_time(digits, shape) == head->second_s &&
                 read_date(digits, shape, field) &&
                 memcmp(field, head->field, sizeof field) == 0;
    if (right) {
        shapes->recent = shapes->count++;
    }
}
