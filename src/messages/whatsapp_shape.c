/* SPDX-License-Identifier: MIT
 *
 * Heads that look like one seen before, read by their shape.
 *
 * Within one export heads differ only in their digits, and in how many digits a day or
 * an hour has: a handful of shapes. A shape is the head's bytes with every digit a '0'.
 * When a line in that form begins with a shape, its numbers stand where the shape says,
 * and nothing needs to be looked for:
 *
 *     line    29/01/2018, 12:24 - Ann: hello
 *     shape   00/00/0000, 00:00 -
 *
 * Shapes are learnt from what the parsers of whatsapp_head.c have read. A line that has
 * a shape gives the same head as those parsers would (tests hold the two together).
 */
#include <string.h>

#include "messages/whatsapp.h"

#if defined(__SSE2__) && !defined(EBB_PLAIN_C)
#include <emmintrin.h>

/* 32 bytes with every digit turned into '0'. */
typedef struct plain_shape {
    __m128i half[2];
} plain_shape_t;

static inline __m128i shape_of_16(const char *p)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i zero = _mm_set1_epi8('0');
    __m128i above = _mm_sub_epi8(v, zero); /* 0..9 for digits */
    __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(9)), above);
    return _mm_or_si128(_mm_andnot_si128(digit, v), _mm_and_si128(digit, zero));
}

static inline plain_shape_t shape_of(const char *p)
{
    return (plain_shape_t){{shape_of_16(p), shape_of_16(p + 16)}};
}

/* Bit i set where byte i is the same. */
static inline uint32_t same_in(const plain_shape_t *shape, const char bytes[32])
{
    uint32_t bits = 0;
    for (int i = 0; i < 2; i++) {
        __m128i known =
            _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
        __m128i same = _mm_cmpeq_epi8(shape->half[i], known);
        bits |= (uint32_t)_mm_movemask_epi8(same) << (16 * i);
    }
    return bits;
}
#else
typedef struct plain_shape {
    char bytes[32];
} plain_shape_t;

static inline plain_shape_t shape_of(const char *p)
{
    plain_shape_t shape;
    for (int i = 0; i < 32; i++) {
        shape.bytes[i] = p[i] >= '0' && p[i] <= '9' ? '0' : p[i];
    }
    return shape;
}

static inline uint32_t same_in(const plain_shape_t *shape, const char bytes[32])
{
    uint32_t bits = 0;
    for (int i = 0; i < 32; i++) {
        bits |= (uint32_t)(shape->bytes[i] == bytes[i]) << i;
    }
    return bits;
}
#endif

/* The number's digits are known to be digits. */
static inline unsigned number_at(const char *line, ebb_wa_number_t number)
{
    const unsigned char *p = (const unsigned char *)line + number.at;
    switch (number.digits) {
    case 1:
        return p[0] - 48u;
    case 2:
        return p[0] * 10u + p[1] - 48u * 11;
    case 3:
        return p[0] * 100u + p[1] * 10u + p[2] - 48u * 111;
    case 4:
        return p[0] * 1000u + p[1] * 100u + p[2] * 10u + p[3] - 48u * 1111;
    default:
        return 0;
    }
}

/* Reads the numbers of a line that has the shape; false when they are no date or time.
 */
static inline bool read_numbers(const char *line, const ebb_wa_shape_t *shape,
                                ebb_wa_head_t *head)
{
    const ebb_wa_number_t *numbers = shape->numbers;
    for (int i = 0; i < 3; i++) {
        head->field[i] = (uint16_t)number_at(line, numbers[i]);
    }
    unsigned hour = ebb_wa_hour(number_at(line, numbers[3]), shape->half);
    unsigned minute = number_at(line, numbers[4]);
    unsigned second = number_at(line, numbers[5]); /* of no digits: 0 */
    head->second_s = (int32_t)(hour * 3600 + minute * 60 + second);
    head->style = shape->style;
    head->half = shape->half;
    head->length = shape->length;
    return hour < 24 && minute < 60 && second < 60 &&
           ebb_wa_is_some_date(head->field, head->style);
}

bool ebb_wa_shapes_read(const ebb_wa_shapes_t *shapes, const char *line, size_t n,
                        ebb_wa_head_t *head)
{
    plain_shape_t shape = shape_of(line);
    for (unsigned i = 0; i < shapes->count; i++) {
        const ebb_wa_shape_t *known = &shapes->known[i];
        if ((same_in(&shape, known->bytes) & known->all) == known->all) {
            return known->length <= n && read_numbers(line, known, head);
        }
    }
    return false;
}

/* Finds the runs of digits in a head; how many there are. */
static int find_numbers(const char *line, size_t n, ebb_wa_number_t found[6])
{
    int count = 0;
    for (size_t i = 0; i < n; i++) {
        bool digit = line[i] >= '0' && line[i] <= '9';
        if (digit && i > 0 && line[i - 1] >= '0' && line[i - 1] <= '9') {
            found[count - 1].digits++;
        } else if (digit && count == 6) {
            return 0; /* more numbers than a date and a time have */
        } else if (digit) {
            found[count++] = (ebb_wa_number_t){(uint8_t)i, 1};
        }
    }
    return count;
}

void ebb_wa_shapes_learn(ebb_wa_shapes_t *shapes, const char *line,
                         const ebb_wa_head_t *head)
{
    ebb_wa_shape_t shape = {
        .length = (uint8_t)head->length, .half = head->half, .style = head->style};
    ebb_wa_number_t found[6] = {{0, 0}};
    if (shapes->count == EBB_WA_SHAPES_MAX || head->length > sizeof shape.bytes) {
        return;
    }
    int count = find_numbers(line, head->length, found);
    if (count < 5) {
        return; /* digits of another script */
    }
    bool time_first = (head->style & EBB_WA_TIME_FIRST) != 0;
    int date = time_first ? count - 3 : 0, time = time_first ? 0 : 3;
    for (int i = 0; i < 3; i++) {
        shape.numbers[i] = found[date + i];
        shape.numbers[3 + i] =
            i < count - 3 ? found[time + i] : (ebb_wa_number_t){0, 0};
    }
    for (size_t i = 0; i < head->length; i++) {
        shape.bytes[i] = line[i];
        if (line[i] >= '0' && line[i] <= '9') {
            shape.bytes[i] = '0';
        }
    }
    shape.all = head->length == 32 ? UINT32_MAX : (UINT32_C(1) << head->length) - 1;
    ebb_wa_head_t check;
    bool same = read_numbers(line, &shape, &check) &&
                check.second_s == head->second_s &&
                memcmp(check.field, head->field, sizeof check.field) == 0;
    if (same) {
        shapes->known[shapes->count++] = shape;
    }
}
