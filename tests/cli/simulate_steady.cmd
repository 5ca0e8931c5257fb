# what does not change is told in a line; too many charts are not drawn
ebb simulate gottman_murray_bilinear --for 6 --start mood=0.6
