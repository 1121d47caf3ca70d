"""Help of pairs that may be one person."""

from canbo.web.help.page import HelpPage

PAGES = {
    "duplicates": HelpPage(
        title="Hồ sơ trùng",
        purpose="Các cặp hồ sơ có thể là một người, kèm lý do; bạn kết luận.",
        steps=("Mở một cặp để so sánh.", "Nhập làm một, hoặc kết luận là hai người.", "Nhập nhầm thì tách lại ở thẻ “Đã nhập”."),
        mistakes=("Cùng họ tên và ngày sinh chưa chắc là một người; hãy xem giấy tờ.",),
    ),
    "duplicate": HelpPage(
        title="So sánh hai hồ sơ",
        purpose="Hai hồ sơ cạnh nhau, mục khác nhau được đánh dấu ≠.",
        steps=(
            "Chọn giá trị giữ lại ở từng mục khác nhau; giá trị đã xác nhận được chọn sẵn.",
            "Chọn giữ hồ sơ nào, ghi căn cứ, bấm “Nhập làm một”.",
            "Hoặc ghi lý do rồi bấm “Kết luận là hai người”.",
        ),
        mistakes=("Mục giống hệt nhau ở hai hồ sơ chỉ đứng một lần sau khi nhập.",),
    ),
    "duplicate-merge": HelpPage(
        title="Hồ sơ đã nhập làm một",
        purpose="Xem một lần nhập và tách lại khi nhầm.",
        steps=("Ghi lý do.", "Bấm “Tách lại thành hai hồ sơ”."),
        mistakes=("Phần ghi sau khi nhập ở lại hồ sơ được giữ.",),
    ),
}
