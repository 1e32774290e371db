"""Every point of a library that it does not document and that the project leans on.

A minor version of a library may change such a point without a word. `pyproject.toml` therefore pins the
libraries to the minor version that was tried; `make next` tries the newest ones. When a test named here
fails, `breaks` says what a reader would have noticed.
"""

from __future__ import annotations

from dashboard.serve.python_points import PYTHON, SERVE, TESTS, PrivatePoint

STATIC = "dashboard/static"
BUNDLE = f"{TESTS}/serve/test_private_points.py::test_the_front_end_has_every_name_that_is_listed"


def _front_end(library: str, file: str, names: str, why: str, breaks: str) -> tuple[PrivatePoint, ...]:
    """Names of the page that a library draws in the browser: classes, test ids, globals."""
    return tuple(
        PrivatePoint(library, name, f"{STATIC}/{file}", why, breaks, BUNDLE) for name in names.split()
    )


BROWSER = (
    PrivatePoint(
        "streamlit",
        "BidiComponent",
        f"{SERVE}/assets.py",
        "scripts of the first page are asked for early, by the name before the hash",
        "the first chart of a visit comes later",
        f"{TESTS}/serve/test_assets.py::"
        "test_the_page_carries_our_name_style_and_script_and_asks_early_for_what_draws",
    ),
    PrivatePoint(
        "streamlit",
        '(?:from|import)"\\./',
        f"{SERVE}/assets.py",
        "the imports of these scripts, too",
        "the first chart of a visit comes later",
        f"{TESTS}/serve/test_assets.py::test_all_that_an_early_script_imports_is_asked_for_too",
    ),
    PrivatePoint(
        "streamlit",
        "/media/(",
        f"{SERVE}/assets.py",
        "fonts with the characters in use stand for Streamlit's, by the name before the hash",
        "a visit is 900 kB longer",
        f"{TESTS}/serve/test_assets.py::test_our_fonts_stand_for_streamlits_in_its_styles_and_in_the_page",
    ),
    PrivatePoint(
        "streamlit",
        "<title>Streamlit</title>",
        f"{SERVE}/assets.py",
        "the tab has our name while the page loads",
        "the tab says Streamlit",
        f"{TESTS}/serve/test_assets.py::"
        "test_the_page_carries_our_name_style_and_script_and_asks_early_for_what_draws",
    ),
    PrivatePoint(
        "streamlit",
        '<div id="root"></div>',
        f"{SERVE}/assets.py",
        "what a page answers stands behind the place where Streamlit draws",
        "nothing is seen until the scripts have come",
        f"{TESTS}/serve/test_summary.py::test_a_page_that_nobody_has_opened_says_its_name_and_its_question",
    ),
    PrivatePoint(
        "streamlit",
        '<html lang="en">',
        f"{SERVE}/assets.py",
        "a page is in the language of its reader from the start",
        "a screen reader reads Spanish as English until the scripts have come",
        f"{TESTS}/serve/test_summary.py::test_the_address_decides_the_language_then_the_browser",
    ),
    *(
        PrivatePoint(
            "streamlit",
            name,
            f"{SERVE}/summary.py",
            "what stands there first gives way to a fault that must be seen",
            "a fault before the first headline is hidden",
            BUNDLE,
        )
        for name in ("stException", "stAlert")
    ),
    PrivatePoint(
        "streamlit",
        'rel="service-desc"',
        f"{SERVE}/assets.py",
        "no hint to addresses that are not served",
        "programs follow a dead link",
        f"{TESTS}/serve/test_assets.py::"
        "test_the_page_names_no_address_at_the_root_of_the_host_and_none_that_is_not_served",
    ),
    PrivatePoint(
        "streamlit",
        "BACKEND_BASE_URL",
        f"{SERVE}/assets.py",
        "the browser knows where the app begins, whatever folder a proxy has put before it",
        "two answers of 404 with every visit",
        BUNDLE,
    ),
    PrivatePoint(
        "streamlit",
        "HOST_CONFIG",
        f"{SERVE}/assets.py",
        "the socket is opened without asking for settings first",
        "on a slow line a page comes two seconds later",
        BUNDLE,
    ),
    PrivatePoint(
        "streamlit",
        "FILTER_MODE_CONTAINS",
        f"{SERVE}/patches.py",
        "lists find an option without its accents and under its other names",
        "lists find an option only as it is written",
        f"{TESTS}/serve/test_patches.py::test_the_script_that_filters_is_changed_where_it_compares",
    ),
    PrivatePoint(
        "streamlit",
        "BidiComponent Error",
        f"{SERVE}/patches.py",
        "components come without the reader of Arrow tables, which none of ours is sent",
        "a visit is 40 kB longer",
        f"{TESTS}/serve/test_patches.py::test_the_script_of_components_asks_for_no_tables",
    ),
    PrivatePoint(
        "streamlit",
        "__vite__mapDeps",
        f"{SERVE}/patches.py",
        "what a component asked for beside its script is not fetched where it is not needed",
        "a visit is 40 kB longer",
        f"{TESTS}/serve/test_patches.py::test_what_asks_for_that_script_asks_for_nothing_beside_it",
    ),
    *_front_end(
        "streamlit",
        "shell.js",
        "stActiveTheme-",
        "the look of the address is the theme that the browser stores under this name",
        "the switch of the look does nothing",
    ),
    *_front_end(
        "streamlit",
        "shell.js",
        "stSkipToContent stFileUploader stDownloadButtonError stSlider stSliderT stExpandSidebarButton "
        "stPopover stPopoverBody "
        "stSidebarNavItems stNavSectionHeader stApp stMainBlockContainer data-test-script-state",
        "Streamlit's own words are Spanish, its navigation is a list, the keyboard reaches search and boxes; "
        "what the first view does not need comes when a run without a chart has ended",
        "English words on Spanish pages; a screen reader hears no groups; the key / opens nothing; long "
        "lists cannot be filtered for half a minute",
    ),
    *_front_end(
        "streamlit",
        "chart_corner.js",
        "stPopoverBody stPopoverButton",
        "buttons are named by their chart, an explanation stands beside it",
        "a screen reader hears Download several times; an explanation covers its chart",
    ),
    *_front_end("streamlit", "pick_lists.js", "stSelectbox", "a long choice is read whole", "it is cut off"),
    *_front_end(
        "streamlit",
        "search.js",
        "stSidebarHeader",
        "the search stands in the side bar before the navigation",
        "there is no search",
    ),
    *_front_end(
        "streamlit",
        "phone.js",
        "stSidebar stMain stExpandSidebarButton stSidebarCollapseButton stSidebarNavLink stSidebarNav "
        "stSelectbox stMultiSelect stButtonGroup stTextInput stSlider stCheckbox",
        "on a narrow screen a bar stands for the side bar, one line for the controls of a page",
        "no way to the other pages on a phone; controls fill the first screen",
    ),
    *_front_end(
        "plotly",
        "shell.js",
        "js-plotly-plot svg-container",
        "marks lead to their country, charts fit the sheet on paper",
        "a click on a country does nothing; charts are cut off on paper",
    ),
    *_front_end(
        "plotly",
        "lines.js",
        "_fullLayout scatterlayer js-line annotation annotation-text-g",
        "the line that is pointed at comes to the front, the box stands at its year",
        "lines do not answer; the box of values stands in a wrong place",
    ),
    *_front_end(
        "plotly",
        "marks.js",
        "_fullLayout calcdata choroplethlocation",
        "the arrow keys walk the marks of a chart",
        "marks cannot be reached by keyboard",
    ),
    *_front_end(
        "plotly",
        "takeaway.js",
        "js-plotly-plot main-svg hoverlayer draglayer zoomlayer dragcover modebar",
        "pictures are taken from the drawing, with our hatches and legends",
        "a picture is empty or shows the tool bar",
    ),
    *_front_end(
        "plotly",
        "styles",
        "js-plotly-plot main-svg svg-container choroplethlocation scattergeo",
        "hatches of the map, the pointer over a mark, charts on paper",
        "no data looks like a low value on the map",
    ),
    *_front_end(
        "plotly",
        "contrast.css",
        "js-plotly-plot choroplethlocation",
        "borders on the map in the high-contrast look",
        "countries of the darkest class are one black area",
    ),
    *_front_end(
        "streamlit",
        "contrast.css",
        "stApp stSidebar stSelectbox stMultiSelect stTextInputRootElement stTextAreaRootElement "
        "stNumberInputContainer stDateInput stFileUploaderDropzone stAlertContainer stExpander stCheckbox "
        "stRadioOption",
        "the high-contrast look",
        "controls keep their colours in the high-contrast look",
    ),
    *_front_end(
        "streamlit",
        "styles",
        "InputInstructions stExpandSidebarButton "
        "stApp stMainBlockContainer stAppViewContainer stMain stHtml stAppScrollToBottomContainer stButton "
        "stBaseButton stButtonGroup stCheckbox stColumn stDownloadButton stElementContainer "
        "stFileUploader stFileUploaderDropzoneInstructions stFormSubmitButton stFullScreenFrame stHeader "
        "stHorizontalBlock stLayoutWrapper stMultiSelect stMultiSelectTagsContainer stNavSectionHeader "
        "stNumberInput stPopover stPopoverBody stSelectbox stSelectboxVirtualDropdown stSidebar "
        "stSidebarContent stSidebarHeader stSidebarNav stSidebarNavItems stSidebarNavLink "
        "stSidebarCollapseButton stRadioOption stSidebarNavLinkContainer stSidebarNavSeparator "
        "stSidebarUserContent stSkipToContent "
        "stSlider stTextArea stTextInput stToolbar stTooltipHoverTarget stVerticalBlock",
        "widths, phones, paper and the places of controls",
        "a part of the page has Streamlit's own look, or is printed though it is a control",
    ),
    *_front_end(
        "streamlit",
        "styles",
        "stWidgetLabel stSliderTickBar",
        "the steps of a plan are numbered beside their names, sliders have ends of ours",
        "steps without numbers; a slider has its ends twice",
    ),
    *_front_end(
        "streamlit",
        "styles",
        "stCaptionContainer stRadio",
        "a statement of an exercise stands out, and how many chose a level is dark enough to read",
        "the statement has the weight of its levels; captions are fainter than 4.5:1",
    ),
    *_front_end(
        "streamlit",
        "styles",
        "stCode",
        "what copies the link of an invitation is there for a finger too",
        "a phone shows no button that copies the link",
    ),
    *_front_end(
        "streamlit",
        "arrive.js",
        "popstate",
        "a link within a page changes the address and tells Streamlit as the back button does",
        "a click on a KPI of a list changes the address and nothing else",
    ),
)

POINTS = (*PYTHON, *BROWSER)
