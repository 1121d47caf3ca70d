"""Help of self-declaration."""

from canbo.web.help.page import HelpPage

_OWN = (
    "Chỉ khai những mục đơn vị hỏi; mục nào trong hồ sơ đã đúng thì để nguyên.",
    "Kèm ảnh chụp hoặc bản quét giấy tờ để đơn vị đối chiếu.",
    "Đánh dấu ô cam đoan rồi bấm “Gửi”; gửi xong mới đến đơn vị.",
)
PAGES = {
    "declarations": HelpPage(
        title="Kê khai",
        purpose="Các đợt để cá nhân tự bổ sung hồ sơ; hồ sơ chỉ thay đổi khi đơn vị nhận từng mục.",
        steps=("Bấm “Mở đợt kê khai” để hỏi một đơn vị.", "Mở một đợt để xem ai đã gửi, ai chưa.", "Xét từng bản khai đã gửi."),
        mistakes=("Đợt hết hạn vẫn xét được bản đã gửi; cá nhân thì không khai thêm được.",),
    ),
    "declaration-new": HelpPage(
        title="Mở đợt kê khai",
        purpose="Chọn hỏi ai, trong thời gian nào, về những mục nào.",
        steps=("Đặt tên đợt, ghi văn bản và hai ngày.", "Đánh dấu các mục cần khai.", "Bấm “Mở đợt”."),
        mistakes=("Không đánh dấu mục nào thì không ai khai được gì.",),
    ),
    "declaration-round": HelpPage(
        title="Tiến độ một đợt kê khai",
        purpose="Ai chưa khai, đang soạn, chờ xét, đã xét xong.",
        steps=("Chọn tình trạng để lọc.", "Xuất danh sách “Chưa khai” để đôn đốc.", "Bấm tên người đã gửi để xét."),
        mistakes=("Bản đang soạn chưa gửi nên đơn vị chưa xem được.",),
    ),
    "declaration": HelpPage(
        title="Xét một bản kê khai",
        purpose="So sánh hồ sơ với điều người khai ghi, nhận hoặc không nhận từng mục.",
        steps=(
            "Xem cột “Hồ sơ hiện nay” và “Người khai ghi”, mở giấy tờ kèm theo.",
            "Chọn “Nhận” hoặc “Không nhận”; không nhận thì ghi lý do.",
            "Bấm “Ghi kết quả”: mục được nhận vào hồ sơ ngay.",
        ),
        mistakes=("Mục mà hồ sơ đã thay đổi sau khi người khai xem phải đánh dấu “vẫn ghi” mới ghi đè.",),
    ),
    "declarations-own": HelpPage(
        title="Kê khai của tôi",
        purpose="Các đợt kê khai hỏi bạn và kết quả.",
        steps=_OWN,
        mistakes=("Không khai trong hạn thì đợt chỉ còn xem được.",),
    ),
    "declaration-own": HelpPage(
        title="Bản kê khai của tôi",
        purpose="Xem hồ sơ đang ghi gì, khai mục mới hoặc sửa mục sai.",
        steps=_OWN,
        mistakes=("Mục “không nhận” có kèm lý do; khi đợt còn mở có thể khai bổ sung.",),
    ),
    "declaration-fill": HelpPage(
        title="Khai một mục",
        purpose="Ghi giá trị đúng của một mục rồi lưu vào bản khai.",
        steps=("Sửa ô cần sửa.", "Chọn tệp giấy tờ nếu có.", "Bấm “Lưu”."),
        mistakes=("Lưu chưa phải là gửi.",),
    ),
}
