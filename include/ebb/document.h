/* SPDX-License-Identifier: MIT
 *
 * Documents of a model: what a reader without the program sees of it. Each is a
 * function of the model alone: the same model gives the same bytes, and nothing is
 * asked of files, clock or locale.
 *
 *     ebb_text_t page;
 *     ebb_text_init(&page, NULL);
 *     if (ebb_document_latex(model, &page) == EBB_OK) {
 *         fputs(page.data, stdout);
 *     }
 *     ebb_text_free(&page);
 *
 * The input is a model that was read, not its text: it keeps the formulas as their
 * author wrote them, and it is known that they are right.
 */
#ifndef EBB_DOCUMENT_H
#define EBB_DOCUMENT_H

#include "ebb/error.h"
#include "ebb/model.h"
#include "ebb/text.h"

/**
 * Writes a model as a complete LaTeX document.
 *
 * It has the model's sentence and source; functions, lets, equations, histories and
 * events as their author wrote them, each once for all persons it holds for (index i,
 * the partner j); and tables of states, derived quantities, inputs, traits and
 * parameters with value or start, range, unit, meaning and source. Long rows are broken
 * at sums and products, to fit A4 at 10 points. Names of Greek letters become these,
 * and r_0 is r with an index.
 *
 * @param[in]     model  from ebb_model_read
 * @param[in,out] out    text is appended: UTF-8, of LaTeX itself ASCII only. Whatever a
 *                       description holds is text in it, never a command
 * @return 0, or EBB_ERR_MEMORY, with `out->failed` set and a piece of the document in
 * `out`.
 *
 * Compiles with pdfLaTeX and the packages amsmath, array,
 * booktabs, geometry, iftex and longtable. pdfLaTeX prints characters beyond Latin by
 * their number, [U+4E2D]. Thread-safe. Cost: linear in the model's text.
 */
int ebb_document_latex(const ebb_model_t *model, ebb_text_t *out) EBB_MUST_CHECK;

/**
 * Writes the equations of a model as presentation MathML: the same rows as the LaTeX
 * document has, one `math` element of class ebb-equations for each of functions, lets,
 * equations, histories and events; a table whose rows have a left side, a sign and a
 * right side, which is not broken: a page aligns and scrolls it by its own style.
 *
 * @param[in]     model  from ebb_model_read
 * @param[in,out] out    a fragment to stand in HTML or XML is appended: UTF-8, without
 *                       named entities but &lt; and &gt;, only elements of MathML Core
 * @return 0, or EBB_ERR_MEMORY as above. Thread-safe. Cost: linear in the model's text.
 */
int ebb_document_mathml(const ebb_model_t *model, ebb_text_t *out) EBB_MUST_CHECK;

/* Which lets a diagram shows. */
typedef enum ebb_diagram_lets {
    EBB_DIAGRAM_AUTO, /* those in which ways meet or part; none if that would be more
                         than EBB_DIAGRAM_MOST quantities */
    EBB_DIAGRAM_ALL,  /* all that change during a run */
    EBB_DIAGRAM_NONE  /* states, inputs and events alone */
} ebb_diagram_lets_t;

/* How many quantities a diagram can show. */
#define EBB_DIAGRAM_MOST 96

/**
 * Draws the causal loops of a model as SVG.
 *
 * Nodes are what changes during a run: states, inputs, lets as asked for, and events.
 * An arrow from x to y says that y's equation (rate of change, next value, value, or
 * the rate of an event) or what an event makes of y depends on x, other than by way of
 * a node that is shown; what only scales noise is no arrow. || on it: with a delay. Its
 * sign is that of the exact derivative, all other nodes held: '+' y rises with x, '-'
 * falls, both where that depends on the state, none (dotted) where it is zero with the
 * values that the model has. Where a function goes in steps and has no derivative, two
 * points are compared. How a state fades by itself is not drawn, how it feeds itself
 * is.
 *
 * Signs are taken at 64 points, always the same ones: parameters and traits as the
 * model has them; a state or input anywhere in its range where both ends are declared,
 * else within a twentieth of its start, or between 0 and 1 where that is 0, but not
 * beyond an end that is declared. So far away from the start a sign may be another one
 * when no range is declared.
 *
 * Feedback loops are the shortest way back for each arrow, shortest first and of the
 * same length those between persons first, at most 24 (of two that change into each
 * other when the partners change places, one): R when
 * its signs make it reinforce what it begins with, B when they balance it, R/B when
 * that depends on the state.
 *
 * Partners stand left and right, what they share between them; where the model is
 * written once for each partner the two sides mirror each other.
 *
 * @param[in]     model  from ebb_model_read
 * @param[in]     lets   which of its lets are shown
 * @param[in,out] out    one SVG element is appended, UTF-8, whole in itself: no script,
 *                       no reference, system fonts, light and dark colours, title and
 *                       description for screen readers; it scales to its place
 * @param[out]    error  what is too many, and what to do; may be NULL
 * @return 0, EBB_ERR_LIMIT when more than EBB_DIAGRAM_MOST quantities would have to be
 * shown (nothing is appended), or EBB_ERR_MEMORY. Thread-safe.
 * Cost: milliseconds for models of tens of quantities; a few seconds at worst.
 */
int ebb_document_diagram(const ebb_model_t *model, ebb_diagram_lets_t lets,
                         ebb_text_t *out, ebb_error_t *error) EBB_MUST_CHECK;

#endif
