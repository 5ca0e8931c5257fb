ebb pair --without likenes
ebb pair --only nothing-like-it
ebb pair --set blurr=1
ebb pair --set blur=9
ebb pair --set blur
ebb pair somebody
ebb pair --reference --html page.html
ebb pair --html page.html -o page.html
ebb pair --couples 256 --set hazard=1
