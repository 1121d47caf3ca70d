"""Help of the papers."""

from canbo.web.help.page import HelpPage

PAGES = {
    "papers": HelpPage(
        title="Văn bản",
        purpose="Dự thảo và văn bản đã ban hành của đơn vị, theo thể thức Nhà nước hoặc Đảng.",
        steps=(
            "Chọn thẻ Dự thảo, Đã ban hành hoặc Đã hủy.",
            "Bấm vào trích yếu để mở văn bản, tải tệp Word.",
            "Bấm “Soạn văn bản” để lập dự thảo mới.",
        ),
        mistakes=("Chỉ thấy văn bản của đơn vị được giao và khi được xem mọi nhóm thông tin in trong đó.",),
    ),
    "paper-draft": HelpPage(
        title="Soạn văn bản",
        purpose="Lập dự thảo; số và ngày để trống đến khi ban hành.",
        steps=(
            "Chọn loại, thể thức, đơn vị ban hành.",
            "Ghi trích yếu, nội dung; mỗi đoạn một dòng.",
            "Bấm “Lập dự thảo”.",
        ),
        mistakes=("Dự thảo đã lập thì không sửa nội dung; soạn sai thì hủy rồi soạn lại.",),
    ),
    "paper": HelpPage(
        title="Một văn bản",
        purpose="Nội dung, tình trạng và các tệp của một văn bản.",
        steps=(
            "Tải tệp Word để in.",
            "Dự thảo: bấm “Ban hành” khi đã có số, ngày, người ký.",
            "Đã ban hành: gửi bản quét có chữ ký, dấu.",
        ),
        mistakes=("Văn bản đã ban hành không sửa được; hãy soạn văn bản khác thay thế.",),
    ),
    "paper-issue": HelpPage(
        title="Ban hành văn bản",
        purpose="Ghi số, ngày, người ký; bản có số được in lại từ đúng nội dung dự thảo.",
        steps=(
            "Ghi số văn thư đã cấp, ngày ký, người ký.",
            "Ghi ngày hiệu lực nếu khác ngày ban hành.",
            "Gửi kèm bản quét PDF nếu có.",
        ),
        mistakes=("Việc dựa trên văn bản chỉ bắt đầu từ ngày hiệu lực.", "Một số chỉ cấp một lần trong năm."),
    ),
    "paper-scan": HelpPage(
        title="Gửi bản quét",
        purpose="Lưu bản đã ký, đóng dấu của văn bản đã ban hành.",
        steps=("Chọn tệp PDF.", "Bấm “Gửi bản quét”."),
        mistakes=("Chỉ gửi được một lần; hãy xem kỹ tệp trước khi gửi.",),
    ),
    "paper-withdraw": HelpPage(
        title="Hủy dự thảo",
        purpose="Bỏ một dự thảo không dùng nữa; lý do được ghi vào nhật ký.",
        steps=("Ghi lý do.", "Bấm “Hủy dự thảo”."),
        mistakes=("Văn bản đã ban hành không hủy ở đây; hãy soạn văn bản thay thế hoặc bãi bỏ.",),
    ),
    "paper-templates": HelpPage(
        title="Mẫu văn bản của cơ quan",
        purpose="Dùng tệp Word của cơ quan thay cho mẫu của chương trình.",
        steps=(
            "Soạn mẫu trong Word, đặt các chỗ điền như {{ trich_yeu }}.",
            "Gửi tệp, xem các chỗ điền tìm thấy và bản in thử.",
            "Bấm “Dùng mẫu này”.",
        ),
        mistakes=("Không nhận tệp có macro, liên kết hoặc ảnh ở ngoài, đối tượng nhúng.",),
    ),
    "paper-template": HelpPage(
        title="Một mẫu văn bản",
        purpose="Các chỗ điền tìm thấy, bản in thử, và bật hay thôi dùng mẫu.",
        steps=("Tải bản in thử, xem kỹ.", "Bấm “Dùng mẫu này” hoặc “Thôi dùng”."),
        mistakes=("Mỗi loại văn bản của một đơn vị chỉ dùng một mẫu.",),
    ),
}
