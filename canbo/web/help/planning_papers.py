"""Help of the papers of planning and of making it known."""

from canbo.web.help.page import HelpPage

PAGES = {
    "planning-papers": HelpPage(
        title="Văn bản quy hoạch",
        purpose="In tờ trình, danh sách, quyết định, thông báo, phiếu, biên bản của một đơn vị; in bản đánh số cho hội nghị.",
        steps=(
            "Chọn văn bản, mẫu phiếu, danh sách; chọn thể thức, khổ giấy.", "Bấm “Tải một tệp nén”, hoặc “tải riêng” cho một văn bản.",
            "Bản đánh số: ghi người nhận, bấm “In bản đánh số”; tải lại trang để thấy sổ.",
            "Họp xong, chọn bản đã nhận lại rồi ghi thu hồi.",
        ),
        mistakes=(
            "Tờ trình, báo cáo có lý do đưa ra: chỉ gửi cấp quyết định.", "Số, ngày để trống cho văn thư.",
            "Cột bạn không được xem thì không in ra.",
        ),
    ),
    "planning-publish": HelpPage(
        title="Công khai quy hoạch",
        purpose="Công khai danh sách đã quyết định trong đơn vị hoặc rộng rãi, trong thời gian bạn chọn.",
        steps=(
            "Chọn danh sách, ghi thời gian, phạm vi.", "Bấm “Xem trước”: người xem thấy đúng bảng đó.", "Bấm “Công khai”.",
            "Theo dõi góp ý; danh sách đổi thì gỡ rồi công khai lại.",
        ),
        mistakes=("Danh sách chưa quyết định thì chưa công khai được.", "Không công khai lý do, số phiếu, kỷ luật."),
    ),
}  # fmt: skip
