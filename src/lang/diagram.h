/* SPDX-License-Identifier: MIT
 *
 * A causal-loop diagram while it is made, in this order: what is shown and how one
 * thing moves another (diagram_links.c over diagram_signs.c), the loops
 * (diagram_loops.c), where everything stands (diagram_place.c), the curves
 * (diagram_route.c), the names of the loops in the drawing (diagram_badges.c), and the
 * SVG of all that (diagram_svg.c, diagram_words.c).
 */
#ifndef EBB_LANG_DIAGRAM_H
#define EBB_LANG_DIAGRAM_H

#include "ebb/document.h"
#include "lang/model.h"

/* While lets are being chosen there may be more than are shown in the end. */
#define EBB_DIAGRAM_ROOM 256u
#define EBB_DIAGRAM_LOOPS 24u
#define EBB_DIAGRAM_BLOCKS (EBB_PERSONS_MOST + 1)

typedef enum ebb_spot_kind {
    EBB_SPOT_STATE,
    EBB_SPOT_LET,
    EBB_SPOT_INPUT,
    EBB_SPOT_EVENT
} ebb_spot_kind_t;

typedef struct ebb_xy {
    double x, y;
} ebb_xy_t;

static inline double ebb_xy_apart(ebb_xy_t a, ebb_xy_t b)
{
    return __builtin_sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

/* Something that is shown. */
typedef struct ebb_spot {
    uint8_t kind;      /* ebb_spot_kind_t */
    uint32_t index;    /* into the system's list of its kind */
    uint32_t person;   /* or EBB_NONE */
    uint32_t mirror;   /* the spot on the other side; itself where there is none */
    const char *name;  /* with the person, "a.alarm" */
    const char *label; /* without */
    const char *text;  /* description */
    uint32_t block;    /* of columns: its person's, or the couple's */
    ebb_xy_t at;       /* its centre, once it is placed; units of the drawing */
    double width;
} ebb_spot_t;

/* How one spot moves another: bits. */
enum {
    EBB_LINK_PLUS = 1,
    EBB_LINK_MINUS = 2,
    EBB_LINK_THERE = 4, /* by structure, if perhaps with derivative 0 */
    EBB_LINK_LATE = 8   /* by way of a delay */
};
#define EBB_LINK_SIGN (EBB_LINK_PLUS | EBB_LINK_MINUS)

/* An arrow: a quadratic curve from border to border. */
typedef struct ebb_link {
    uint32_t from, to;
    uint32_t mirror; /* link; itself where there is none */
    uint8_t bits;
    bool routed;
    ebb_xy_t start, middle, end; /* the middle one is the control point */
    ebb_xy_t sign;               /* where its sign stands */
} ebb_link_t;

typedef struct ebb_loop {
    uint32_t count;
    uint32_t spots[EBB_DIAGRAM_MOST]; /* in order of cause, the lowest first */
    uint8_t bits;                     /* its sign, and whether it is late */
    bool mirrored;                    /* there is another one on the other side */
    ebb_xy_t badge;                   /* where its name stands; x 0: nowhere */
} ebb_loop_t;

typedef struct ebb_diagram {
    const ebb_system_t *system;
    const ebb_alloc_t *alloc;
    ebb_spot_t spots[EBB_DIAGRAM_ROOM];
    size_t spot_count;
    uint8_t moves[EBB_DIAGRAM_ROOM][EBB_DIAGRAM_ROOM]; /* bits, from one to another */
    ebb_link_t *links;
    size_t link_count;
    ebb_loop_t loops[EBB_DIAGRAM_LOOPS];
    size_t loop_count;
    uint32_t block_count;                  /* blocks of columns, from left to right */
    uint32_t block_of[EBB_DIAGRAM_BLOCKS]; /* of each person; of the couple last */
    double width, top, height;             /* of the part where spots are */
    double block_x[EBB_DIAGRAM_BLOCKS];    /* middle of each block */
} ebb_diagram_t;

/* What is shown and what moves what. 0, EBB_ERR_LIMIT (more than EBB_DIAGRAM_MOST) or
 * EBB_ERR_MEMORY. */
int ebb_diagram_choose(ebb_diagram_t *diagram, ebb_diagram_lets_t lets);

/* Fills `moves` for the spots as they are: 0 or EBB_ERR_MEMORY. */
int ebb_diagram_signs(ebb_diagram_t *diagram);

void ebb_diagram_loops(ebb_diagram_t *diagram);
void ebb_diagram_place(ebb_diagram_t *diagram);

/* Makes the list of links with their curves: 0 or EBB_ERR_MEMORY. */
int ebb_diagram_route(ebb_diagram_t *diagram);

void ebb_diagram_badges(ebb_diagram_t *diagram);

/* The name of a loop, "R1": kind, and number among its kind; `name` has room for 16. */
void ebb_loop_name(const ebb_diagram_t *diagram, size_t loop, char name[16]);

/* What the signs mean, and the loops, in words below the drawing from `y` on; returns
 * the height used. Nothing is written where `out` is NULL. */
double ebb_diagram_words(const ebb_diagram_t *diagram, double width, double y,
                         ebb_text_t *out);

/* Every arrow in words, for those who do not see it. */
void ebb_diagram_describe(const ebb_diagram_t *diagram, ebb_text_t *out);

void ebb_diagram_write(const ebb_diagram_t *diagram, ebb_text_t *out);

/* How many letters of a label are shown. */
#define EBB_SPOT_LETTERS 20u

/* Half the height of a spot, and how far a point is from its rectangle (0 inside),
 * along the axis where it is farther. */
#define EBB_SPOT_HALF 15.0
double ebb_spot_distance(const ebb_spot_t *spot, ebb_xy_t point);

/* A point of the curve, 0 <= t <= 1. */
ebb_xy_t ebb_link_point(const ebb_link_t *link, double t);

#endif
